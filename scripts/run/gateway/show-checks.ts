import { checkFolder } from '../../../gateway/check/check-folder';
import { checkLines } from '../../../gateway/check/check-lines';
import type { Session } from '../../session/session';
import type { RenderedHost } from './render';

/**
 * Runs the daemons' own parsers on a gateway's folder and shows what each prints.
 *
 * @returns whether none refused anything; a program that is not installed is shown and does not count
 */
export async function showChecks(session: Session, { host, folder }: RenderedHost): Promise<boolean> {
  const { report, processes } = session;
  const results = await checkFolder(folder, host.site.gateway, processes);
  report.say();
  for (const line of checkLines(results)) report.say(line);
  for (const { program, subject, verdict, says } of results)
    report.event({ type: 'gateway_checked', program, subject, verdict, says });
  return results.every(({ verdict }) => verdict !== 'failed');
}
