import type { Controller } from '../../../../catalog/kinds/docker-controller/controller';
import { type Finding, failed, noted, passed } from '../../../report/finding';
import type { Asked } from './asked';

/** Checks that the controller's ports are free on its host, or, where it runs, that they are open there. */
export async function checkPorts(
  { engine, controller, url }: Asked,
  isRunning: boolean,
): Promise<readonly Finding[]> {
  const { bind } = controller;
  const answer = await engine.onHost('ss', '-H', '-ltn');
  if (answer.exitCode !== 0)
    return [noted(`${url} ports`, 'not asked: the host has no ss (package iproute2)')];
  const open = answer.stdout.split('\n').flatMap((line) => line.trim().split(/\s+/)[3] ?? []);
  const isOpen = (port: number) =>
    open.some((one) => [`${bind}:${port}`, `0.0.0.0:${port}`, `*:${port}`, `[::]:${port}`].includes(one));
  const ports = tcpPorts(controller);
  if (isRunning) {
    const closed = ports.filter((port) => !isOpen(port));
    if (closed.length === 0) return [passed(`${bind} ports`, `open: ${ports.join(', ')}`)];
    return [
      failed(
        `${bind} ports`,
        `not open on the host: ${closed.join(', ')}`,
        `there: docker port ${controller.occtr.name}; docker restart ${controller.occtr.name}, then docker exec ${controller.occtr.name} ./init.sh`,
      ),
    ];
  }
  const taken = ports.filter(isOpen);
  if (taken.length === 0) return [passed(`${bind} ports`, `free: ${ports.join(', ')}`)];
  return [
    failed(
      `${bind} ports`,
      `taken on the host: ${taken.join(', ')}`,
      `end there what has them: ss -ltnp`,
      'write other numbers in ports of the controller',
    ),
  ];
}

function tcpPorts({ ports, jupyter }: Controller): readonly number[] {
  const { api, vault, grafana, serfRpc, serf } = ports;
  return [api, vault, grafana, serfRpc, serf, ...(jupyter === undefined ? [] : [ports.jupyter])];
}
