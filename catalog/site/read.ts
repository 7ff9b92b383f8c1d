import { parseAsn } from '../../model/net/asn';
import { type Cidr, compareCidrs, type InterfaceAddress } from '../../model/net/cidr';
import type { ProblemList } from '../ground/problem-list';
import type { Site } from '../ground/site';
import { read } from '../shape/read';
import type { Place } from '../source/place';
import { readGateways } from './gateways';
import { SITE } from './keys';

/** Reads the section `site`; undefined when it is absent or lacks something. */
export function readSite(place: Place, problems: ProblemList): Site | undefined {
  const { draft } = read(place, SITE, problems);
  if (draft === undefined) return undefined;
  const { controller, mesh } = draft;
  const asn = problems.parse(place.at('asn'), () => parseAsn(draft.asn));
  const subnets = readSubnets(place.below('subnets'), draft.subnets, controller, problems);
  const gateways = readGateways(place, { draft, subnets, problems });
  if (!controller || gateways === undefined || asn === undefined) return undefined;
  return { controller, subnets, asn, mesh, gateways };
}

function readSubnets(
  place: Place,
  given: readonly Cidr[] | undefined,
  controller: InterfaceAddress | undefined,
  problems: ProblemList,
): readonly Cidr[] {
  if (place.node === undefined) return controller ? [controller.network] : [];
  const subnets = given ?? [];
  const isWhole = place.items.length === subnets.length;
  subnets.forEach((subnet, index) => {
    const other = subnets.slice(0, index).find((earlier) => earlier.overlaps(subnet));
    if (!other) return;
    const where = isWhole ? place.at(index) : { ...place.at(), path: [...place.path, index] };
    problems.error('overlap', where, `${subnet} overlaps ${other} of the same list`, 'keep the wider one');
  });
  const address = controller?.address;
  const holds = subnets.some((subnet) => address !== undefined && subnet.containsAddress(address));
  if (isWhole && address && subnets.length > 0 && !holds) {
    const statement = { must: `must contain the controller (${address})`, got: subnets.join(', ') };
    problems.error('controller-outside', place.at(), statement);
  }
  return [...subnets].sort(compareCidrs);
}
