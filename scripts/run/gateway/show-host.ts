import { shownPath } from '../../../base/files';
import { beside } from '../../../base/screen';
import { hostSummary } from '../../../gateway/folder/host-summary';
import type { Session } from '../../session/session';
import type { RenderedHost } from './render';

const INDENT = '          ';

/** Shows where a gateway's files are, whose tunnels are in them, and what to do with them. */
export function showHost({ report, simulated }: Session, { host, folder, missing }: RenderedHost): void {
  report.say(`\ngateway   ${shownPath(folder)}/`);
  report.say(beside(INDENT, hostSummary(host, missing, simulated), report.screen.width));
}
