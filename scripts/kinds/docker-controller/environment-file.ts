import type { Controller } from '../../../catalog/kinds/docker-controller/controller';

/** The variables that the portable controller's `.env` says (docs/reference/controller.md). */
const NAMES = ['VCP_VCC_PRIVATE_IPMASK', 'VCP_OFFICIAL_REGISTRY_ADDRESS'];

/**
 * The `.env` of the portable controller with the catalog's values. All else that is in it stays: other variables and comments.
 *
 * @param existing - the file as it is
 */
export function environmentText({ occtr }: Pick<Controller, 'occtr'>, existing = ''): string {
  const wanted = NAMES.flatMap((name) => {
    const value = occtr.environment[name];
    return value === undefined ? [] : [[name, `${name}=${value}`] as const];
  });
  const lines = existing === '' ? [] : existing.replace(/\n$/, '').split('\n');
  const said = new Set<string>();
  const kept = lines.map((line) => {
    const found = wanted.find(([name]) => line.startsWith(`${name}=`));
    if (found === undefined) return line;
    said.add(found[0]);
    return found[1];
  });
  const added = wanted.flatMap(([name, line]) => (said.has(name) ? [] : [line]));
  return `${[...kept, ...added].join('\n')}\n`;
}
