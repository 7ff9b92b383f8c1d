import type { Attributes } from '../../../../terraform/state/state-file';
import type { ImportedLeft } from '../../left';

/** A type whose id follows from attributes, once all of them are known. @param sign - what stands between them in the id */
export function byAttributes(
  names: readonly string[],
  sign: string,
  options: Pick<ImportedLeft, 'isOurs' | 'remove'> = {},
): ImportedLeft {
  return {
    how: 'import',
    identity: names.join(' and '),
    ids: ({ planned }) => {
      const values = names.map((name) => textOf(planned, name));
      return values.includes(undefined) ? [] : [values.join(sign)];
    },
    ...options,
  };
}

/** A text; undefined where it is absent, empty, or not known yet. */
export function textOf(attributes: Attributes, name: string): string | undefined {
  const value = attributes[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
