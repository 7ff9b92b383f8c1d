import type { Path } from '../ground/path';
import type { Position, Where } from '../ground/problem';
import type { MapNode, SourceNode } from './node';

/**
 * A place in a catalog's tree: a path, the node that stands there, if one does, and where its key stands.
 *
 * Readers and checks hand places of sub-trees down, so that nobody looks a value up from the root.
 */
export class Place {
  private constructor(
    /** The place above and the step from there; absent at the root. */
    private readonly from: { readonly parent: Place; readonly step: string | number } | undefined,
    /** Absent where the file has nothing at this path. */
    readonly node: SourceNode | undefined,
    /** The key's position; for a place that is absent, that of the nearest key above it. */
    readonly keyPosition: Position,
  ) {}

  static root(node: MapNode): Place {
    return new Place(undefined, node, node.position);
  }

  /** The keys and indexes from the root. It is put together when it is asked for: most places have nothing to report. */
  get path(): Path {
    return this.from === undefined ? [] : [...this.from.parent.path, this.from.step];
  }

  /** The place some steps below this one, whether something stands there or not. */
  below(...steps: Path): Place {
    let place: Place = this;
    for (const step of steps) place = place.child(step);
    return place;
  }

  /** The same place with another value. */
  with(node: SourceNode): Place {
    return new Place(this.from, node, this.keyPosition);
  }

  /** This place, or where nothing stands at it an empty map, of which only defaults are read. */
  get orEmpty(): Place {
    const node: MapNode = { kind: 'map', position: this.keyPosition, keys: new Map() };
    return this.node === undefined ? this.with(node) : this;
  }

  /** Whether something stands at a path below this place, whatever it is. */
  has(...steps: Path): boolean {
    return this.below(...steps).node !== undefined;
  }

  /** Where the value at a path below this place stands, or else the nearest key above it. */
  at(...steps: Path): Where {
    const { path, node, keyPosition } = this.below(...steps);
    return { path, position: node?.position ?? keyPosition };
  }

  /** Where the key of a path below this place stands, or else the nearest key above it. */
  keyAt(...steps: Path): Where {
    const { path, keyPosition } = this.below(...steps);
    return { path, position: keyPosition };
  }

  /** The names of the keys of a map, in the file's order; empty for anything else. */
  get names(): readonly string[] {
    return this.node?.kind === 'map' ? [...this.node.keys.keys()] : [];
  }

  /** The places of a list's items; empty for anything else. */
  get items(): readonly Place[] {
    return this.node?.kind === 'list' ? this.node.items.map((_, index) => this.below(index)) : [];
  }

  /** The text that stands here; undefined for anything else. */
  get text(): string | undefined {
    return this.node?.kind === 'scalar' && typeof this.node.value === 'string' ? this.node.value : undefined;
  }

  /** The index at which a text stands in this list, where broken items count too; the first of several, -1 for none. */
  indexOf(text: string): number {
    return this.items.findIndex((item) => item.text === text);
  }

  private child(step: string | number): Place {
    const { node } = this;
    const from = { parent: this, step };
    if (node?.kind === 'map') {
      const key = node.keys.get(String(step));
      if (key) return new Place(from, key.value, key.position);
    }
    if (node?.kind === 'list' && typeof step === 'number') {
      const item = node.items[step];
      if (item) return new Place(from, item, item.position);
    }
    return new Place(from, undefined, this.keyPosition);
  }
}
