import { type Finding, failed, passed } from '../../../report/finding';
import type { Asked } from './asked';

/** The processes of the controller that must run (docs/reference/controller.md). */
export const PROCESSES = [
  'cron',
  'grafana',
  'occtr',
  'occtr_consul',
  'prometheus',
  'redis',
  'rqworkers:rqworker_default0',
  'rqworkers:rqworker_default1',
  'rqworkers:rqworker_update',
  'rsyslogd',
  'serf',
  'vault',
] as const;

/** Checks that all processes in the controller's container run. */
export async function checkProcesses({ engine, controller }: Asked): Promise<readonly Finding[]> {
  const { name } = controller.occtr;
  const subject = `${name} processes`;
  // supervisorctl ends with 3 where one does not run.
  const { exitCode, lines, stdout } = await engine.docker(['exec', name, 'supervisorctl', 'status']);
  const states = new Map(
    stdout.split('\n').flatMap((line) => {
      const [, process = '', state = ''] = /^(\S+)\s+([A-Z]+)\b/.exec(line) ?? [];
      return process === '' ? [] : [[process, state] as const];
    }),
  );
  if (states.size === 0)
    return [
      failed(
        subject,
        `supervisorctl says nothing of them: ${lines.at(-1) ?? `exit code ${exitCode}`}`,
        `there: docker logs ${name}; docker exec ${name} ./init.sh`,
      ),
    ];
  const wrong = PROCESSES.filter((process) => states.get(process) !== 'RUNNING');
  if (wrong.length === 0) return [passed(subject, `all ${PROCESSES.length} are RUNNING`)];
  return wrong.map((process) =>
    failed(
      `${name} ${process}`,
      `must be RUNNING, is ${states.get(process) ?? 'not there'}`,
      states.has(process)
        ? `there: docker exec ${name} supervisorctl restart ${process}; its log is in /opt/occ/var/logs or /tmp of the container`
        : `there: docker exec ${name} ./init.sh`,
    ),
  );
}
