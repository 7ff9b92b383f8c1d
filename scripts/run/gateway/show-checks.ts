import { checkFolder } from '../../../gateway/check/check-folder';
import type { Session } from '../../session/session';
import type { RenderedHost } from './render';

const SIGNS = { passed: '✓', failed: '✗', absent: '·' } as const;

/**
 * Runs the daemons' own parsers on a gateway's folder and shows what each says.
 *
 * @returns whether none refused anything; what could not be asked, because it is not installed, is said and does not count
 */
export async function showChecks(session: Session, { host, folder }: RenderedHost): Promise<boolean> {
  const { report, processes } = session;
  const results = await checkFolder(folder, host.site.gateway, processes);
  report.say();
  const width = Math.max(0, ...results.map(({ program }) => program.length));
  for (const { program, subject, verdict, says } of results) {
    report.say(
      `check     ${SIGNS[verdict]} ${program.padEnd(width)}  ${subject}${verdict === 'absent' ? ': not checked' : ''}`,
    );
    for (const line of says) report.say(`            ${line}`);
    report.event({ type: 'gateway_checked', program, subject, verdict, says });
  }
  return results.every(({ verdict }) => verdict !== 'failed');
}
