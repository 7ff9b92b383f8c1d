import type { ProblemList } from '../../ground/problem-list';
import { checkMoved } from '../azure/location-moved';
import { checkTags } from '../azure/tags';
import type { Around } from '../kind';
import type { NetworkDraft } from './draft';

/** Checks where a network is built, and what cannot be built there. */
export function checkPlacement(
  { key, place, draft }: NetworkDraft,
  around: Around<{ readonly region: string }>,
  problems: ProblemList,
): void {
  const { identities } = around;
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
  const id = identities.idOf(key);
  checkMoved(
    'network',
    { id, place: place.below('azure_location'), location: draft.azureLocation },
    around,
    problems,
  );
}
