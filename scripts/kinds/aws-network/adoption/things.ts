import type { StateInstance } from '../../../../terraform/state/state-file';
import { textOf } from './attributes';

/** The managed objects of a state, by type and id. */
export class Things {
  private readonly byType = new Map<string, StateInstance[]>();

  constructor(instances: readonly StateInstance[]) {
    for (const instance of instances) {
      if (instance.mode !== 'managed') continue;
      const others = this.byType.get(instance.type);
      if (others === undefined) this.byType.set(instance.type, [instance]);
      else others.push(instance);
    }
  }

  all(type: string): readonly StateInstance[] {
    return this.byType.get(type) ?? [];
  }

  /** Those with these attributes. */
  where(type: string, attributes: Readonly<Record<string, string | undefined>>): readonly StateInstance[] {
    const wanted = Object.entries(attributes);
    return this.all(type).filter((thing) =>
      wanted.every(([name, value]) => value !== undefined && textOf(thing.attributes, name) === value),
    );
  }

  byId(type: string, id: string | undefined): StateInstance | undefined {
    return this.where(type, { id })[0];
  }
}

/** An object's id. */
export function idOf(thing: StateInstance | undefined): string | undefined {
  return thing === undefined ? undefined : textOf(thing.attributes, 'id');
}
