import { daysLeft, dayText } from '../../../model/tls/validity';
import { type PlanEffect, weighed } from '../../../terraform/plan/effect';
import type { Applying, FirstWrites } from '../kind';
import { ownOf } from './choose-certificate';
import { controllerOf } from './controller-of';
import { plannedFiles, wantedDigest } from './planned-files';

/** Why a saved plan can't be used: the catalog wants another certificate, or other secrets, since it was made. */
export function whyControllerStale({
  session,
  stack,
  loaded,
}: Applying<'docker-controller'>): string | undefined {
  const controller = controllerOf(loaded, stack);
  if (controller === undefined) return undefined;
  const planned = plannedFiles(session.folders, stack.id);
  if (planned === undefined) return 'what it counts on is not here any more';
  if (planned.wanted !== wantedDigest(controller))
    return 'the catalog wants another certificate, or other secrets';
  const { certificate } = controller;
  if (session.simulated || certificate.mode !== 'files') return undefined;
  const { fingerprint } = ownOf(session, controller).certificate;
  return fingerprint === planned.fingerprint ? undefined : `${certificate.certificate} is another one`;
}

/** What a plan of the controller means for its certificate. */
export async function certificateSentences(
  { session, stack, loaded }: FirstWrites<'docker-controller'>,
  now = new Date(),
): Promise<readonly PlanEffect[]> {
  const controller = controllerOf(loaded, stack);
  if (controller === undefined) return [];
  const isOwn = controller.certificate.mode === 'files';
  if (session.simulated)
    return weighed(
      'quiet',
      isOwn ? [] : ['its certificate is not made, and its host is not asked: simulated'],
    );
  const planned = plannedFiles(session.folders, stack.id);
  if (planned === undefined) return [];
  const end = new Date(planned.end);
  const until = `until ${dayText(end)} (${daysLeft(end, now)} days)`;
  if (planned.reason === undefined) return weighed('quiet', [`its certificate stays, ${until}`]);
  const done = isOwn ? "the user's own certificate is copied" : 'its certificate is made';
  return [
    ...weighed('changed', [`${done}, ${until}, because ${planned.reason}`]),
    ...weighed(
      'outage',
      planned.newAuthority === true
        ? ['it is from another authority: all clients, and the notebook, need the new ca.pem']
        : [],
    ),
  ];
}
