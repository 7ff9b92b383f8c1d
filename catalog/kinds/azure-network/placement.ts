import { locationName } from '../../../model/clouds/azure/locations';
import type { ProblemList } from '../../ground/problem-list';
import type { Place } from '../../source/place';
import type { Around } from '../kind';
import type { NetworkDraft } from './draft';

/** Checks where a network is built, and what cannot be built there. */
export function checkPlacement(
  { key, place, draft }: NetworkDraft,
  { environment, locked, identities }: Around<{ readonly region: string }>,
  problems: ProblemList,
): void {
  const create = place.below('create');
  if (draft.create?.egress === 'nat-per-zone') {
    const message =
      'a NAT gateway of Azure has one zone or none, and a subnet has one NAT gateway for all its zones';
    problems.error(
      'bad-value',
      create.at('egress'),
      message,
      'use egress: nat, with create.nat.zone if it must be in one',
    );
  }
  if (draft.create?.egress === 'none' && create.has('nat')) {
    const message = 'a network with egress: none has no NAT gateway';
    problems.error('refused-key', create.keyAt('nat'), message, 'remove it, or use egress: nat');
  }
  if (draft.create?.flowLogs === true) {
    const message =
      'needs the storage account to which they go: flow logs of security groups can no longer be made, those of virtual networks go to storage';
    problems.error(
      'missing-key',
      create.at('flow_logs'),
      message,
      'write flow_logs: { storage_account_id: /subscriptions/… }',
    );
  }
  checkTags(create.below('tags'), problems);
  checkMoved({ key, place, draft }, { environment, locked, identities }, problems);
}

/** Azure takes two names for one that differ in small and capital letters alone. */
function checkTags(tags: Place, problems: ProblemList): void {
  const seen = new Map<string, string>();
  for (const name of tags.names) {
    const other = seen.get(name.toLowerCase());
    seen.set(name.toLowerCase(), name);
    if (other === undefined) continue;
    const message = `${name} is the same tag as ${other}: Azure does not tell small letters from capital letters`;
    problems.error('name-clash', tags.keyAt(name), message, 'remove one of the two');
  }
}

/** A virtual network stays in the location where it was built. */
function checkMoved(
  { key, place, draft }: Pick<NetworkDraft, 'key' | 'place' | 'draft'>,
  {
    environment,
    locked,
    identities,
  }: Pick<Around<{ readonly region: string }>, 'environment' | 'locked' | 'identities'>,
  problems: ProblemList,
): void {
  const id = identities.idOf(key);
  const built = locked.get(id)?.place.region;
  const location = draft.azureLocation;
  if (built === undefined || location === undefined || locationName(built) === locationName(location)) return;
  problems.disputed(
    'region-moved',
    place.at('azure_location'),
    { must: `must stay ${built}, where the lock file has ${id}`, got: `"${location}"` },
    [{ environment, stack: id }],
    'a network does not move: give the entry another name, and the old one is destroyed and a new one built',
  );
}
