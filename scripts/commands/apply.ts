import { EXIT } from '../../base/errors';
import { beside } from '../../base/screen';
import { listed } from '../../base/text/listed';
import { driverOf } from '../kinds/registry';
import type { BothEnds } from '../report/both-ends';
import { applyAll } from '../run/apply-all';
import { appliedEnds, showSteps } from '../run/ends/applied-ends';
import { collectEntries, showEntries, writeEntries } from '../run/entries-file';
import { followAtGateway } from '../run/gateway/follow';
import { discardView } from '../run/plan-view';
import { prepare } from '../run/prepare';
import { checkVcpConfig, writeVcpConfig } from '../run/vcp-config-file';
import { withSession } from '../run/with-session';
import { Initializer } from '../session/init';
import { selectStacks } from '../session/selection';
import type { Session } from '../session/session';
import type { Settings } from '../session/settings';
import { removeFromLock } from '../session/update-lock';

/** `kakehashi apply`: applies the saved plans, or plans first, wave by wave, and writes the catalog entries. */
export function apply(settings: Settings, position: string | undefined): Promise<number> {
  return withSession({ command: 'apply' }, settings, position, async (session) => {
    const loaded = await prepare(session);
    checkVcpConfig(session, loaded);
    const stacks = selectStacks(loaded.stacks, session.settings.stacks);
    const initializer = new Initializer(session);
    const { outputs, changed, complete, before, planned } = await applyAll(
      session,
      loaded,
      stacks,
      initializer,
    );
    return finish(
      session,
      async () => {
        const gone = stacks.filter((stack) => stack.gone).map((stack) => stack.id);
        removeFromLock(session, gone);
        const own = { session, loaded, initializer };
        const done = await appliedEnds(own, before, planned);
        const entries = await collectEntries(session, loaded, initializer, outputs);
        writeEntries(session, entries, session.folders.entries);
        if (!changed) session.report.say('\nno changes');
        showEntries(session, entries, session.folders.entries);
        await followAtGateway(own, new Set(outputs.keys()));
        const kinds = new Set(loaded.stacks.map((stack) => driverOf(stack)));
        for (const { afterApply } of kinds) await afterApply?.(session, loaded, initializer);
        writeVcpConfig(session, loaded);
        discardView(session);
        showSteps(session, done);
        showNext(session, listed([...kinds].map(({ title }) => title)) || 'cloud', done);
      },
      complete,
    );
  });
}

async function finish(session: Session, write: () => Promise<void>, complete: boolean): Promise<number> {
  if (!complete) {
    session.report.say(
      'entries   not written, because not everything is applied; correct the errors and run the same command again',
    );
    return EXIT.failed;
  }
  await write();
  return EXIT.done;
}

/** Commands that help with what is left to do; none where nothing is. */
function showNext(
  session: Session,
  clouds: string,
  { hosts, entries }: Pick<BothEnds, 'hosts' | 'entries'>,
): void {
  const { environment, simulated, report } = session;
  const rows = simulated
    ? [
        [
          `npx kakehashi plan ${environment}`,
          `plans the same for the real ${clouds} (needs credentials, changes nothing)`,
        ],
        ['docs/start.md', 'how to write your own catalog'],
      ]
    : [
        ...(entries.length > 0
          ? [
              [
                `npx kakehashi entries ${environment}`,
                "prints all entries, for the controller's vpn_catalog.yml",
              ],
            ]
          : []),
        ...(hosts.length > 0
          ? [[`npx kakehashi status ${environment}`, 'shows whether the tunnels are up, after these steps']]
          : []),
      ];
  if (rows.length > 0) report.say();
  rows.forEach(([what = '', why = ''], index) => {
    const label = `${index === 0 ? 'Next:' : '     '}     ${what.padEnd(28)}  `;
    report.say(beside(label, [why], report.screen.width));
  });
}
