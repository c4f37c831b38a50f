"""The kernel harness itself, on plain cells: what it says of a kernel is what the kernel did."""

from __future__ import annotations

import time

from tests.harness import interpreters

SLIDER = "import ipywidgets; slider = ipywidgets.IntSlider(value=3); slider"


def test_a_kernel_runs_on_the_version_asked_for(kernel, kernel_version):
    assert kernel.run("import ipykernel; ipykernel.version_info[0]").result == str(kernel_version)


def test_outputs_are_kept_as_a_notebook_keeps_them(kernel):
    execution = kernel.run("print('a'); print('b'); import sys; print('c', file=sys.stderr); 1 + 1")
    assert (execution.stdout, execution.stderr, execution.result) == ("a\nb\n", "c\n", "2")
    assert [output["output_type"] for output in execution.outputs] == ["stream", "stream", "execute_result"]


def test_a_display_is_updated_in_place(kernel):
    kernel.run("from IPython.display import HTML, display")
    shown = kernel.run("handle = display(HTML('<b>1</b>'), display_id=True)")
    kernel.run("handle.update(HTML('<b>2</b>'))")
    assert shown.html == "<b>2</b>"


def test_an_error_is_the_users_own_traceback(kernel):
    error = kernel.execute("def f():\n    return 1 / 0\nf()").error
    assert error.name == "ZeroDivisionError"
    assert "return 1 / 0" in error.text


def test_the_kernel_learns_the_id_of_the_cell(kernel):
    shown = kernel.run("get_ipython().get_parent()['metadata']['cellId']", cell_id="cell-7")
    assert shown.result == "'cell-7'"


def test_an_interrupt_stops_a_busy_cell(kernel):
    busy = kernel.submit("print('started', flush=True)\nimport time; time.sleep(60)")
    kernel.wait_for(lambda: busy.stdout)
    kernel.interrupt()
    assert busy.wait(10).error.name == "KeyboardInterrupt"


def test_a_restart_forgets_everything(kernel):
    kernel.run("x = 1")
    kernel.restart()
    assert kernel.execute("x").error.name == "NameError"


def test_a_killed_kernel_is_another_one_afterwards(kernel):
    before = kernel.run("import os; os.getpid()").result
    kernel.kill()
    assert kernel.run("import os; os.getpid()").result != before


def test_two_kernels_share_a_folder_and_nothing_else(start_kernel):
    one, other = start_kernel(), start_kernel()
    one.run("open('note', 'w').write('from one'); x = 1")
    assert other.run("open('note').read()").result == "'from one'"
    assert other.execute("x").error.name == "NameError"


def test_a_widget_is_found_and_its_state_followed(kernel):
    kernel.run(SLIDER)
    slider = kernel.widget(lambda comm: comm.state.get("_model_name") == "IntSliderModel")
    slider.update({"value": 8})
    kernel.wait_for(lambda: kernel.run("slider.value").result == "8")
    kernel.run("slider.value = 5")
    assert slider.wait_for_state(lambda state: state["value"] == 5)


def test_a_custom_message_is_answered_beside_a_busy_cell_where_the_kernel_can(kernel, kernel_version):
    kernel.run(SLIDER)
    kernel.run("slider.on_msg(lambda _, content, buffers: slider.send({'echo': content}))")
    slider = kernel.widget(lambda comm: comm.state.get("_model_name") == "IntSliderModel")
    slider.send({"n": 1})
    assert slider.wait_for_message(lambda message: message == {"echo": {"n": 1}})
    assert kernel.supports_subshells == (kernel_version == 7)
    busy = kernel.submit("print('started', flush=True)\nimport time; time.sleep(3)")
    kernel.wait_for(lambda: busy.stdout)
    started = time.monotonic()
    slider.send({"n": 2})
    slider.wait_for_message(lambda message: message == {"echo": {"n": 2}})
    assert (time.monotonic() - started < 2) == kernel.supports_subshells
    busy.wait()


def test_completion_and_help_answer(kernel):
    kernel.run("forty_two = 42")
    assert "forty_two" in kernel.complete("forty_")
    assert "int" in kernel.inspect("forty_two")


def test_nothing_of_the_users_home_is_seen(kernel):
    assert "nb-assets-home-" in kernel.run("import os; os.path.expanduser('~')").result


def test_the_kernel_imports_the_package_under_test(kernel):
    shown = kernel.run("import nb_assets; nb_assets.__path__[0]")
    assert shown.result == repr(str(interpreters.ROOT / "nb_assets"))
