/** What a picture of some environments shows. It is plain data: it can be kept in a record and drawn later, elsewhere. No secret is in it. */
export interface Scene {
  readonly version: 1;
  readonly environments: readonly string[];
  readonly parts: readonly ScenePart[];
  readonly links: readonly SceneLink[];
}

/**
 * What a part is, which decides where it is drawn.
 *
 * - `site`: the on-premises end. `gateway`, `host` and `server` are within it
 * - `network`: a network of a cloud, or what connects some of them. `subnet` and `service` are within it
 * - `nodes`: nodes of a group, within a subnet, a host or an entry
 * - `entry`: what exists already
 * - `gone`: what the catalog has no longer, and a plan destroys
 */
export const PART_KINDS = [
  'site',
  'gateway',
  'host',
  'server',
  'network',
  'subnet',
  'service',
  'nodes',
  'entry',
  'gone',
] as const;
export type PartKind = (typeof PART_KINDS)[number];

export const LINK_KINDS = ['tunnel', 'attachment'] as const;

/** What Terraform makes of a part. */
interface Built {
  /** The stack. @default - nothing makes it */
  readonly stack?: string;
  /**
   * The addresses of its resources there, without the keys of instances; `*` stands for any text. What no part has is a change of the
   * first part of its stack.
   */
  readonly resources?: readonly string[];
}

export interface ScenePart extends Built {
  /** Unique in the scene: `dev/aws/default`. */
  readonly id: string;
  readonly kind: PartKind;
  /** Its environments: a site may have several. */
  readonly environments: readonly string[];
  /** What it is, in a few words: `VPC 172.30.0.0/16`. */
  readonly title: string;
  /** Further facts, a line each. */
  readonly lines: readonly string[];
  /** Other environments that use it, of a site. Those that are drawn too are not said. @default - none */
  readonly sharedWith?: readonly string[];
  /** The id of the part that it is in. @default - it is in none, or that one is not drawn */
  readonly within?: string;
}

export interface SceneLink extends Built {
  readonly id: string;
  readonly kind: (typeof LINK_KINDS)[number];
  /** The id of the part at its beginning: a gateway of the site, or what a network is attached to. */
  readonly from: string;
  readonly to: string;
  /** Its addresses: `169.254.100.0/30  .2 – .1`. */
  readonly title: string;
  readonly lines: readonly string[];
}

/** Puts scenes together. A part that several have, such as a site, is there once, with the environments and lines of all. */
export function mergeScenes(scenes: readonly Scene[]): Scene {
  const parts = new Map<string, ScenePart>();
  for (const part of scenes.flatMap((scene) => scene.parts)) {
    const other = parts.get(part.id);
    parts.set(part.id, other === undefined ? part : together(other, part));
  }
  const links = new Map(scenes.flatMap((scene) => scene.links).map((link) => [link.id, link]));
  return {
    version: 1,
    environments: distinct(scenes.flatMap((scene) => scene.environments)),
    parts: [...parts.values()],
    links: [...links.values()],
  };
}

function together(one: ScenePart, other: ScenePart): ScenePart {
  return {
    ...one,
    environments: distinct([...one.environments, ...other.environments]),
    lines: distinct([...one.lines, ...other.lines]),
  };
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
