import { nearest } from '../../../base/text/nearest';
import { LONGEST_NAME } from '../../../model/clouds/aws/names';
import type { ProblemList } from '../../ground/problem-list';
import { quoted } from '../../ground/quoted';
import { hubOf } from '../../site/hubs';
import { checkRegionMoved } from '../aws/region-moved';
import type { Around } from '../kind';
import type { HubDraft } from './draft';
import type { AwsHubPlace } from './place';

/** Reports what does not hold between a hub and the rest of the catalog, its lock file and the other environments. */
export function checkHub(hub: HubDraft, around: Around<AwsHubPlace>, problems: ProblemList): void {
  checkMaker(hub, around, problems);
  checkName(hub, around, problems);
  const { key, place, draft } = hub;
  const id = around.identities.idOf(key);
  checkRegionMoved('hub', { id, place, region: draft.awsRegion }, around, problems);
  if (hub.draft.create?.autoAccept === true) {
    const message =
      'lets every account with which the transit gateway is shared attach networks that nobody has looked at';
    problems.note('auto-accept', hub.place.at('create', 'auto_accept'), message);
  }
}

/** A hub of another environment must be there, and its connection must end at our site. */
function checkMaker({ name, place, draft }: HubDraft, around: Around<unknown>, problems: ProblemList): void {
  const { environment } = draft;
  if (environment === undefined) return;
  const where = place.at('environment');
  const names = around.neighbours.map((neighbour) => neighbour.environment);
  const maker = around.neighbours.find((neighbour) => neighbour.environment === environment);
  if (environment === around.environment) {
    const fix = 'remove it, and write create: {} to make the hub here';
    problems.error('unknown-hub', where, 'is the environment itself', fix);
  } else if (maker === undefined) {
    const must = `there is no environment ${quoted(environment)} in this folder`;
    problems.error('unknown-hub', where, { must, suggestion: nearest(environment, names) });
  } else if (hubOf(name, around) === undefined) {
    const message = `environment ${environment} makes no hub ${name}`;
    problems.error('unknown-hub', where, message, `write hubs: { ${name}: … } there`);
  } else if (!maker.sharesGateway) {
    const message = `the site's gateway is not that of ${environment}, where the tunnels of the hub end`;
    problems.error('site-differs', where, message, 'move site into a file that both extend');
  }
}

function checkName(
  { key, place, vpn, isBuilt }: HubDraft,
  { identities, site }: Around<unknown>,
  problems: ProblemList,
): void {
  if (!isBuilt) return;
  const id = identities.idOf(key);
  const names = [id, ...(vpn ? (site?.gateways ?? []) : []).map(({ name = '' }) => `${id}-${name}`)];
  const longest = names.reduce((one, other) => (other.length > one.length ? other : one), id);
  if (longest.length <= LONGEST_NAME) return;
  const statement = {
    must: `${longest}, of which the names in the cloud are made, must have at most ${LONGEST_NAME} characters`,
    got: String(longest.length),
  };
  problems.error('bad-name', place.keyAt(), statement, "shorten the hub's name, or the environment's");
}
