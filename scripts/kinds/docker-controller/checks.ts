import { dockerHostUrl } from '../../../model/docker/docker-host';
import { type Finding, noted } from '../../report/finding';
import { checkHost } from '../docker/host-checks';
import { hostOf } from '../docker/stacks';
import type { KindExamination } from '../kind';
import type { Asked } from './checks/asked';
import { checkCertificate } from './checks/certificate-check';
import { checkDisk, checkVersion } from './checks/host-check';
import { checkPorts } from './checks/ports-check';
import { checkProcesses } from './checks/processes-check';
import { controllerOf } from './controller-of';
import { hostPaths } from './host-paths';

/** Checks the controller's host and, where it runs, the controller. */
export async function checkController(examination: KindExamination): Promise<readonly Finding[]> {
  const { loaded, simulated, folders } = examination;
  const stacks = loaded.stacks.flatMap((stack) => (stack.kind === 'docker-controller' ? [stack] : []));
  const found = await Promise.all(
    stacks.map(async (stack) => {
      const controller = controllerOf(loaded, stack);
      const host = hostOf(stack);
      if (controller === undefined) return [];
      if (simulated) return [noted('controller', 'not asked: the sandbox has no host')];
      return checkHost(examination, host, async (engine) => {
        const paths = hostPaths(controller.folders, folders.root);
        const asked = { engine, controller, paths, url: dockerHostUrl(host), now: new Date() };
        const isRunning = await isUp(asked);
        return [
          ...(await checkVersion(asked)),
          ...(await checkDisk(asked)),
          ...(await checkPorts(asked, isRunning)),
          ...(await checkCertificate(asked, isRunning)),
          ...(isRunning ? await checkProcesses(asked) : [noted(controller.occtr.name, 'does not run')]),
        ];
      });
    }),
  );
  return found.flat();
}

async function isUp({ engine, controller }: Asked): Promise<boolean> {
  const { name } = controller.occtr;
  const answer = await engine.docker(['container', 'inspect', '--format', '{{.State.Running}}', name]);
  return answer.exitCode === 0 && answer.stdout.trim() === 'true';
}
