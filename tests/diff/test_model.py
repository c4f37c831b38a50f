"""Models of scikit-learn: parameters, what fitting gave, and models in models."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.base import BaseEstimator
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import Lasso, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from nb_assets.diff import diff

RANDOM = np.random.default_rng(0)
FEATURES = RANDOM.normal(size=(40, 3))
TARGET = FEATURES @ np.array([1.0, 2.0, 3.0])


def test_a_changed_parameter_is_told_before_what_it_did_to_the_fit():
    result = diff(Ridge(alpha=1.0).fit(FEATURES, TARGET), Ridge(alpha=2.0).fit(FEATURES, TARGET))
    assert result.kind == "model"
    assert result.summary == "`alpha` 1 → 2; fit: 2 values changed"
    assert "coef_" in str(result)


def test_models_fitted_alike_are_equal():
    assert diff(Ridge().fit(FEATURES, TARGET), Ridge().fit(FEATURES, TARGET)).equal
    forests = [RandomForestClassifier(3, random_state=0).fit(FEATURES, TARGET > 0) for _ in range(2)]
    assert diff(*forests).equal


def test_fitting_a_model_is_said():
    assert diff(Ridge(), Ridge().fit(FEATURES, TARGET)).summary == "fitted"


def test_the_same_parameters_with_other_data_differ_in_the_fit():
    result = diff(Ridge().fit(FEATURES, TARGET), Ridge().fit(FEATURES, TARGET + 1))
    assert not result.equal
    assert result.summary.startswith("fit: `intercept_` ")


def test_models_in_a_pipeline_are_looked_into():
    before, after = (make_pipeline(StandardScaler(), Ridge(alpha)).fit(FEATURES, TARGET) for alpha in (1, 3))
    assert diff(before, after).summary.startswith("`ridge__alpha` 1 → 3; fit: `ridge.coef_` ")
    assert diff(before, make_pipeline(StandardScaler(), Ridge(1)).fit(FEATURES, TARGET)).equal


def test_another_step_in_a_pipeline_shows():
    before, after = (make_pipeline(StandardScaler(), model) for model in (Ridge(), Lasso()))
    assert not diff(before, after).equal


def test_many_changed_parameters_are_counted():
    result = diff(Ridge(), Ridge(alpha=2, fit_intercept=False, max_iter=3, tol=1))
    assert result.summary == "4 parameters changed"
    assert "fit_intercept" in str(result)


def test_models_of_two_classes_are_still_compared():
    assert not diff(Ridge(), Lasso()).equal


class Broken(BaseEstimator):
    def get_params(self, deep=True):  # noqa: FBT002 - scikit-learn's own signature
        raise RuntimeError("no parameters")


def test_a_model_that_raises_is_answered_all_the_same():
    result = diff(Broken(), Broken())
    assert "RuntimeError: no parameters" in str(result)


@pytest.mark.parametrize("name", ["<script>alert(1)</script>"])
def test_what_models_hold_is_text(name):
    class Named(BaseEstimator):
        def __init__(self, name=""):
            self.name = name

    assert "<script>" not in diff(Named(), Named(name)).to_html()
