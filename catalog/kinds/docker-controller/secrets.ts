import { SecretReference } from '../../../model/vault/secret-reference';
import type { ProblemList } from '../../ground/problem-list';
import type { ContainerDraft } from './draft';

/** Checks that a container with secrets says what is started when they have been read, and that no other one does. */
export function checkSecrets({ place, environment, start }: ContainerDraft, problems: ProblemList): void {
  const first = environment.find(({ value }) => typeof value !== 'string');
  if (first !== undefined && !place.has('start')) {
    const message = `key "start" is missing: ${first.name} comes from a file that is read before the image's own entrypoint and command are started`;
    const fix =
      "docker image inspect --format '{{json .Config.Entrypoint}} {{json .Config.Cmd}}' IMAGE prints both: write start: [entrypoint…, command…]";
    problems.error('missing-key', place.keyAt('environment', first.name), message, fix);
  }
  const variables = place.below('environment');
  const hasReference = variables.names.some((name) =>
    SecretReference.isMeant(variables.below(name).text ?? ''),
  );
  if (!hasReference && start !== undefined) {
    const message =
      'is for variables from Vault, of which the environment has none: the image is started as it says itself';
    problems.error('incompatible', place.keyAt('start'), message, 'remove it');
  }
  start?.forEach((argument, index) => {
    if (!argument.includes('vault://')) return;
    const message =
      'a secret would stand in the arguments of a process, where everybody on the host reads it';
    problems.error('secret', place.at('start', index), message, 'write it in environment');
  });
}
