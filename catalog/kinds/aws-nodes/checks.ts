import { RESERVED } from '../../../model/clouds/aws/reserved-addresses';
import type { ProblemList } from '../../ground/problem-list';
import { checkAddresses } from '../../nodes/addresses';
import { checkPlace, type NodePlace } from '../../nodes/place-of';
import { checkRegionMoved } from '../aws/region-moved';
import type { Around } from '../kind';
import { groupClaim } from './claims';
import { neededOf } from './needed-services';
import type { AwsNodesPlace } from './place';
import type { GroupDraft } from './read';

/** How many running instances a spread placement group has in a zone (EC2 user guide, "Placement groups"). */
const MOST_SPREAD = 7;

/** Reports what does not hold between a group and the rest of the catalog, its lock file and its network. */
export function checkGroup(group: GroupDraft, around: Around<AwsNodesPlace>, problems: ProblemList): void {
  const { place } = group.group;
  if (!around.root.has('site')) {
    const message = 'key "site" is missing: the controller that the nodes belong to';
    const fix = 'write site: { controller: 10.0.2.15/24, public_ip: … }';
    problems.error('missing-key', around.root.at(), message, fix);
  }
  checkPlacement(group, problems);
  const found = checkPlace(group.group, around, problems);
  if (found === undefined) return;
  const claim = groupClaim(group);
  if (claim !== undefined) checkAddresses(claim, found, RESERVED, around.claims, problems);
  checkWayOut(group, found, problems);
  const id = around.identities.idOf(group.key);
  const { aws_region: region } = found.values;
  const moved = { id, place, ...(typeof region === 'string' ? { region } : {}) };
  checkRegionMoved('group', moved, around, problems);
}

function checkPlacement({ group, draft, members }: GroupDraft, problems: ProblemList): void {
  const most = members?.most ?? 0;
  if (draft.placement !== 'spread' || most <= MOST_SPREAD) return;
  const message = `spread has at most ${MOST_SPREAD} nodes in a zone, and the group has ${most}`;
  problems.error(
    'too-much',
    group.place.at('placement'),
    message,
    'make the group smaller, or remove placement',
  );
}

/** Without a way to the Internet, what a group uses must be in the network: all that is missing is said at once. */
function checkWayOut(group: GroupDraft, place: NodePlace, problems: ProblemList): void {
  if (place.hasInternet !== false) return;
  const { services, others } = neededOf(group);
  const missing = services.filter(({ name }) => !place.services.includes(name));
  if (missing.length === 0 && others.length === 0) return;
  const what = [
    ...missing.map((one) => `${one.for} needs the endpoint ${one.name}`),
    ...others.map(({ message }) => message),
  ];
  const network = place.network ?? place.entry;
  const all = [...new Set([...place.services, ...missing.map(({ name }) => name)])];
  const fixes = [
    ...(missing.length === 0
      ? []
      : [`write endpoints: [${all.join(', ')}] in ${network.replace('/', '.')}.create`]),
    ...others.map(({ fix }) => fix),
    'or use egress: nat',
  ];
  const message = `its nodes do not reach the Internet (egress: none): ${what.join('; ')}`;
  problems.error('missing-key', group.group.place.keyAt(), message, ...fixes);
}
