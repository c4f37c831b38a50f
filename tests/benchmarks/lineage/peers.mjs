// Lays a graph out with ELK or dagre: `node peers.mjs MODULES elk|dagre ROUNDS < graph.json`. Says how long each round
// took, after one to warm up, and where the edges run.
import { createRequire } from "node:module";

const [modules, peer, rounds] = process.argv.slice(2);
const need = createRequire(`${modules}/`);
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { nodes, edges } = JSON.parse(Buffer.concat(chunks).toString());

function groupNames() {
  const names = new Set();
  for (const { group } of nodes) {
    const parts = group === null ? [] : group.split("/");
    parts.forEach((_, index) => names.add(parts.slice(0, index + 1).join("/")));
  }
  return [...names];
}

/** The time that the processor has worked since; on a busy machine, the clock says less. */
function milliseconds(begun) {
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

const above = (group) => (group.includes("/") ? group.slice(0, group.lastIndexOf("/")) : null);

async function elk() {
  const ELK = need("elkjs/lib/elk.bundled.js");
  const elk = new ELK();
  const layoutOptions = {
    "elk.algorithm": "layered",
    "elk.direction": "RIGHT",
    "elk.hierarchyHandling": "INCLUDE_CHILDREN",
    "elk.edgeRouting": "ORTHOGONAL",
    "elk.json.edgeCoords": "ROOT",
    "elk.spacing.nodeNode": "14",
    "elk.layered.spacing.nodeNodeBetweenLayers": "44",
  };
  const make = () => {
    const root = { id: "root", layoutOptions, children: [], edges: [] };
    const boxes = new Map();
    for (const name of groupNames()) {
      const box = { id: `group:${name}`, children: [], layoutOptions: { "elk.padding": "[top=34,left=16,bottom=16,right=16]" } };
      boxes.set(name, box);
      (above(name) === null ? root : boxes.get(above(name))).children.push(box);
    }
    for (const { id, width, height, group } of nodes) {
      (group === null ? root : boxes.get(group)).children.push({ id, width, height });
    }
    root.edges = edges.map(({ source, target }, index) => ({ id: `e${index}`, sources: [source], targets: [target] }));
    return root;
  };
  return async () => {
    const begun = process.cpuUsage();
    const done = await elk.layout(make());
    const ms = milliseconds(begun);
    const lines = done.edges.map(({ sections }) =>
      sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint].map(({ x, y }) => [x, y])),
    );
    return { ms, lines, width: done.width, height: done.height };
  };
}

async function dagre() {
  const { layout, graphlib } = need("@dagrejs/dagre");
  const run = (compound) => {
    const graph = new graphlib.Graph({ compound });
    graph.setGraph({ rankdir: "LR", nodesep: 14, ranksep: 44 });
    graph.setDefaultEdgeLabel(() => ({}));
    for (const { id, width, height } of nodes) graph.setNode(id, { width, height });
    if (compound) {
      for (const name of groupNames()) {
        graph.setNode(`group:${name}`, {});
        if (above(name) !== null) graph.setParent(`group:${name}`, `group:${above(name)}`);
      }
      for (const { id, group } of nodes) if (group !== null) graph.setParent(id, `group:${group}`);
    }
    for (const { source, target } of edges) graph.setEdge(source, target);
    const begun = process.cpuUsage();
    layout(graph);
    const ms = milliseconds(begun);
    const lines = graph.edges().map((edge) => graph.edge(edge).points.map(({ x, y }) => [x, y]));
    const { width, height } = graph.graph();
    return { ms, lines, width, height };
  };
  const compound = nodes.some(({ group }) => group !== null);
  try {
    run(compound);
  } catch {
    // Its groups are known to fail on some graphs; without them it still lays out.
    return async () => ({ ...run(false), note: "without groups, which it fails on" });
  }
  return async () => run(compound);
}

const work = await { elk, dagre }[peer]();
let last = await work();
const times = [];
for (let round = 0; round < Number(rounds); round++) {
  last = await work();
  times.push(last.ms);
}
process.stdout.write(JSON.stringify({ ...last, times: times.length > 0 ? times : [last.ms] }));
