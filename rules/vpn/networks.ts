import { Cidr } from '../../model/net/cidr';
import { ValueError } from '../../model/value-error';
import type { Resource } from '../resource';
import { outputOf, type RuleContext } from '../rule';
import { isValues } from '../values';

/** The networks behind the site's gateway: those that the run names, and those of the output `site`. Undefined where nobody names any. */
export function siteNetworks(
  resource: Pick<Resource, 'stack'>,
  context: RuleContext,
): readonly Cidr[] | undefined {
  const texts = [...(context.networks ?? []), ...named(outputOf(resource, context, 'site'))];
  const known = texts.flatMap((text) => cidrOf(text) ?? []);
  return known.length === 0 ? undefined : known;
}

/** The lists `subnets` and `site_networks`, wherever they are. */
function named(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(named);
  if (!isValues(value)) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    (key === 'subnets' || key === 'site_networks') && Array.isArray(part) ? part.map(String) : named(part),
  );
}

/** A network, also one whose host bits are set; undefined for anything else, such as one of IPv6. */
export function cidrOf(text: string): Cidr | undefined {
  try {
    return Cidr.parse(/^[\d.]+$/.test(text) ? `${text}/32` : text);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return error.suggestion === undefined ? undefined : cidrOf(error.suggestion);
  }
}
