// Draws a network made by nb_assets.export.html: cards, group boxes and routes where the layout put them.
// Everything written by users goes through fillText or vis-network's tooltips, which take text as text.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const marks = Object.fromEntries(
    Object.entries(data.statuses).map(([state, look]) => [state, new Path2D(look.path)]),
  );
  const theme = () => data.themes[dark.matches ? "dark" : "light"];
  const colour = (state) => data.statuses[state][dark.matches ? "dark" : "light"];
  const font = (size, weight = 400) => `${weight} ${size}px ${data.font}`;

  function cut(ctx, text, room, middle) {
    if (ctx.measureText(text).width <= room) return text;
    const letters = Array.from(text);
    let low = 0;
    let high = letters.length - 1;
    const shortened = (keep) => {
      const head = middle ? Math.ceil(keep / 2) : keep;
      return letters.slice(0, head).join("") + "…" + letters.slice(letters.length - (keep - head)).join("");
    };
    while (low < high) {
      const keep = Math.ceil((low + high) / 2);
      if (ctx.measureText(shortened(keep)).width <= room) low = keep;
      else high = keep - 1;
    }
    return shortened(low);
  }

  function roundBox(ctx, x, y, width, height, radius, fill, line) {
    ctx.beginPath();
    ctx.roundRect(x, y, width, height, radius);
    ctx.fillStyle = fill;
    ctx.fill();
    if (line) {
      ctx.strokeStyle = line;
      ctx.stroke();
    }
  }

  function drawMark(ctx, state, x, y, size) {
    ctx.save();
    ctx.translate(x, y);
    ctx.scale(size / 16, size / 16);
    ctx.fillStyle = colour(state);
    ctx.fill(marks[state], "evenodd");
    ctx.restore();
  }

  function write(ctx, text, x, y, style, fill) {
    ctx.font = style;
    ctx.fillStyle = fill;
    ctx.fillText(text, x, y);
    return ctx.measureText(text).width;
  }

  function rollUp(ctx, look, right, baseline, room) {
    ctx.font = font(11);
    const shown = [];
    let taken = 0;
    for (const state of Object.keys(data.statuses)) {
      const count = look.statuses[state];
      if (!count) continue;
      const text = count.toLocaleString("en");
      const width = 22 + ctx.measureText(text).width;
      if (taken + width > room) break;
      shown.push([state, text, width]);
      taken += width;
    }
    let x = right - taken + 8;
    for (const [state, text, width] of shown) {
      drawMark(ctx, state, x, baseline - 9, 11);
      write(ctx, text, x + 14, baseline, font(11), theme().quiet);
      x += width;
    }
    return taken;
  }

  function drawGroup(ctx, look, x, y) {
    const colours = theme();
    ctx.lineWidth = 1;
    roundBox(ctx, x, y, look.width, look.height, 8, colours.group, colours["group-line"]);
    const folded = look.kind === "folded";
    const baseline = folded ? y + look.height / 2 - 3 : y + 22;
    const taken = rollUp(ctx, look, x + look.width - 10, folded ? baseline + 17 : baseline, look.width * 0.6);
    ctx.font = font(12, 600);
    const name = cut(ctx, look.name, look.width - 60 - (folded ? 0 : taken), true);
    const wide = write(ctx, name, x + 14, baseline, font(12, 600), colours.text);
    if (folded) write(ctx, look.detail, x + 14, baseline + 17, font(11), colours.quiet);
    else write(ctx, look.detail, x + 20 + wide, baseline, font(11), colours.quiet);
  }

  function drawAsset(ctx, look, x, y, emphasised) {
    const colours = theme();
    ctx.lineWidth = emphasised ? 2 : 1;
    ctx.setLineDash(look.external ? [4, 3] : []);
    roundBox(ctx, x, y, look.width, look.height, 6, colours.card, emphasised ? colours["badge-text"] : colours["card-line"]);
    ctx.setLineDash([]);
    const left = x + 30;
    const upper = y + look.height / 2 - 5;
    const lower = upper + 18;
    let right = x + look.width - 10;
    drawMark(ctx, look.status, x + 10, upper - 11, 13);
    if (look.badge) {
      ctx.font = font(11, 600);
      const badge = cut(ctx, look.badge, look.width * 0.45, false);
      const wide = ctx.measureText(badge).width + 10;
      roundBox(ctx, right + 4 - wide, upper - 12, wide, 16, 8, colours.badge);
      write(ctx, badge, right - 1 - ctx.measureText(badge).width, upper, font(11, 600), colours["badge-text"]);
      right -= wide;
    }
    ctx.font = font(13, 600);
    write(ctx, cut(ctx, look.name, right - left, true), left, upper, font(13, 600), colours.text);
    right = x + look.width - 10;
    const ink = look.external ? colours.quiet : colour(look.status);
    const start = left + write(ctx, look.word, left, lower, font(11, 600), ink) + 4;
    if (look.detail) {
      ctx.font = font(11);
      write(ctx, cut(ctx, "· " + look.detail, right - start, false), start, lower, font(11), colours.quiet);
    }
  }

  function drawRoute(ctx, points, ink, width) {
    ctx.beginPath();
    ctx.moveTo(...points[0]);
    for (let i = 1; i + 2 < points.length; i += 3) {
      ctx.bezierCurveTo(...points[i], ...points[i + 1], ...points[i + 2]);
    }
    ctx.lineWidth = width;
    ctx.strokeStyle = ink;
    ctx.stroke();
    const [tipX, tipY] = points[points.length - 1];
    const [fromX, fromY] = points[points.length - 2];
    const angle = Math.atan2(tipY - fromY, tipX - fromX);
    ctx.save();
    ctx.translate(tipX, tipY);
    ctx.rotate(angle);
    ctx.beginPath();
    ctx.moveTo(0, 0);
    ctx.lineTo(-7, -3.2);
    ctx.lineTo(-7, 3.2);
    ctx.closePath();
    ctx.fillStyle = ink;
    ctx.fill();
    ctx.restore();
  }

  const groups = data.nodes.filter((node) => node.look && node.look.kind === "group");
  const cards = data.nodes.filter((node) => node.look && node.look.kind !== "group");
  const routes = data.edges.filter((edge) => edge.points);
  // vis-network finds what is under the mouse by boxes that it does not show; the cards are drawn over them.
  const nodes = data.nodes
    .filter((node) => !groups.includes(node))
    .map((node) =>
      node.look
        ? {
            id: node.id,
            x: node.x,
            y: node.y,
            title: node.title,
            label: " ",
            shape: "box",
            margin: 1,
            borderWidth: 0,
            font: { size: 1 },
            opacity: 0,
            widthConstraint: { minimum: node.look.width - 2, maximum: node.look.width - 2 },
            heightConstraint: { minimum: node.look.height - 2 },
          }
        : node,
    );
  const edges = data.edges.map((edge, index) => ({ ...edge, id: index, points: undefined, hidden: !!edge.points }));
  const network = new vis.Network(
    document.getElementById("network"),
    { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) },
    { ...data.options, autoResize: true },
  );

  let hovered = null;
  network.on("hoverNode", (event) => {
    hovered = event.node;
    network.redraw();
  });
  network.on("blurNode", () => {
    hovered = null;
    network.redraw();
  });
  const inFocus = () => {
    const keys = new Set(network.getSelectedNodes());
    if (hovered !== null) keys.add(hovered);
    return keys;
  };
  network.on("beforeDrawing", (ctx) => {
    ctx.save();
    for (const { look, x, y } of groups) drawGroup(ctx, look, x - look.width / 2, y - look.height / 2);
    const keys = inFocus();
    const touches = (edge) => keys.has(edge.from) || keys.has(edge.to);
    for (const edge of routes) if (!touches(edge)) drawRoute(ctx, edge.points, theme().edge, 1.3);
    for (const edge of routes) if (touches(edge)) drawRoute(ctx, edge.points, theme()["badge-text"], 2);
    ctx.restore();
  });
  network.on("afterDrawing", (ctx) => {
    ctx.save();
    const keys = inFocus();
    const frame = document.getElementById("network");
    const least = network.DOMtoCanvas({ x: 0, y: 0 });
    const most = network.DOMtoCanvas({ x: frame.clientWidth, y: frame.clientHeight });
    for (const { id, look, x, y } of cards) {
      const left = x - look.width / 2;
      const top = y - look.height / 2;
      if (left > most.x || top > most.y || left + look.width < least.x || top + look.height < least.y) continue;
      if (look.kind === "folded") drawGroup(ctx, look, left, top);
      else drawAsset(ctx, look, left, top, keys.has(id));
    }
    ctx.restore();
  });
  // vis-network's own fit knows nothing of the group boxes, which are no nodes to it.
  function fit() {
    if (!data.nodes.some((node) => node.look)) {
      network.fit({ animation: false, maxZoomLevel: 1 });
      return;
    }
    const sides = (at, size, sign) =>
      data.nodes.filter((node) => node.look).map((node) => node[at] + (sign * node.look[size]) / 2);
    const least = (at, size) => sides(at, size, -1).reduce((a, b) => Math.min(a, b));
    const most = (at, size) => sides(at, size, 1).reduce((a, b) => Math.max(a, b));
    const [left, right, top, bottom] = [least("x", "width"), most("x", "width"), least("y", "height"), most("y", "height")];
    const frame = document.getElementById("network");
    const margin = 32;
    network.moveTo({
      position: { x: (left + right) / 2, y: (top + bottom) / 2 },
      scale: Math.min(
        1,
        Math.max(1, frame.clientWidth - margin) / (right - left),
        Math.max(1, frame.clientHeight - margin) / (bottom - top),
      ),
    });
  }
  document.getElementById("fit").addEventListener("click", fit);
  dark.addEventListener("change", () => network.redraw());
  fit();
  document.documentElement.dataset.ready = "true";
})();
