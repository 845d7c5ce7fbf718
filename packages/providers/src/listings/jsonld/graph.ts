import { arrayOf, isObject, JSON_LIMITS, type JsonObject, textOf } from '../reading/json-value.ts'
import { parseBlocks } from './parse-blocks.ts'

/** One thing of the page's linked data, with all that any block says of it. */
export type Node = {
  value: JsonObject
  types: string[]
  path: string
  /** What it stands in, and as which property; null for the outermost. */
  parent: { node: Node; key: string } | null
}

export type Graph = {
  nodes: Node[]
  /** Nodes with this `@id`, absolute where it is an address. */
  byId: Map<string, Node[]>
  /** Blocks that are there and cannot be read. */
  broken: number
  blocks: number
  base: string
}

const SAME_LIMIT = 40

/** The last step of `https://schema.org/InStock`, `schema:InStock` or `InStock`. */
export const term = (value: unknown): string | null =>
  textOf(value)
    ?.replace(/[/#]+$/, '')
    .split(/[/#:]/)
    .at(-1) ?? null

export const typesOf = (value: JsonObject): string[] =>
  (Array.isArray(value['@type']) ? value['@type'] : [value['@type']]).map(term).filter((type) => type !== null)

/** One value or a list of them: linked data makes no difference. */
export const many = (value: unknown): unknown[] =>
  Array.isArray(value) ? arrayOf(value) : value === undefined || value === null ? [] : [value]

export function absolute(value: unknown, base: string): string | null {
  const text = textOf(value)
  return text && URL.canParse(text, base) ? new URL(text, base).href : text
}

/** Null when there is more of it than any page needs. */
export function graphOf(body: string, base: string): Graph | null {
  const blocks = parseBlocks(body)
  const graph: Graph = { nodes: [], byId: new Map(), broken: 0, blocks: blocks.length, base }
  let left = JSON_LIMITS.nodes
  for (const [index, block] of blocks.entries()) {
    if (!block) {
      graph.broken++
      continue
    }
    let level: { value: unknown; parent: Node['parent']; path: string }[] = [
      { value: block.value, parent: null, path: `ld+json[${index}]` },
    ]
    for (let depth = 0; level.length > 0; depth++) {
      if (depth > JSON_LIMITS.depth) return null
      const next: typeof level = []
      for (const { value, parent, path } of level) {
        const here = isObject(value) ? addNode(graph, value, parent, path) : null
        if (typeof value !== 'object' || value === null) continue
        for (const [key, child] of Object.entries(value)) {
          if (--left < 0) return null
          if (typeof child !== 'object' || child === null) continue
          const step = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`
          next.push({ value: child, parent: here ? { node: here, key } : parent, path: step })
        }
      }
      level = next
    }
  }
  return graph
}

function addNode(graph: Graph, value: JsonObject, parent: Node['parent'], path: string): Node {
  const node: Node = { value, types: typesOf(value), path, parent }
  graph.nodes.push(node)
  const id = absolute(value['@id'], graph.base)
  const known = id ? (graph.byId.get(id) ?? []) : []
  // Nobody says things of one node in more places; a hostile page shall not make each look at it long.
  if (id && known.length < SAME_LIMIT) graph.byId.set(id, [...known, node])
  return node
}

/**
 * What a property's value stands for: the object itself together with all that is said elsewhere under its `@id`. A text is
 * the `@id` of something, or only a name (then there is nothing behind it).
 */
export function resolve(graph: Graph, value: unknown): Node[] {
  const id = isObject(value) ? absolute(value['@id'], graph.base) : absolute(value, graph.base)
  const known = id ? (graph.byId.get(id) ?? []) : []
  if (!isObject(value) || known.some((node) => node.value === value)) return known
  return [{ value, types: typesOf(value), path: '', parent: null }, ...known]
}

/** All values of a property, over all that is said of a thing. */
export const property = (nodes: Node[], ...keys: string[]): unknown[] =>
  nodes.flatMap(({ value }) => keys.flatMap((key) => many(value[key])))

/** The same thing's nodes: itself and the others with its `@id`. */
export function together(graph: Graph, node: Node): Node[] {
  const id = absolute(node.value['@id'], graph.base)
  const known = id ? (graph.byId.get(id) ?? []) : []
  return known.includes(node) ? known : [node, ...known]
}

/** What holds a thing, from the nearest: by standing around it, or around a mention of its `@id`. */
export const holders = (graph: Graph, node: Node): { node: Node; key: string }[] =>
  together(graph, node).flatMap((one) => {
    const found: { node: Node; key: string }[] = []
    for (let at = one.parent; at; at = at.node.parent) found.push(at)
    return found
  })
