import { EXIT } from '../../base/errors';
import { listed } from '../../base/text/listed';
import { driverOf } from '../kinds/registry';
import { applyAll } from '../run/apply-all';
import { collectEntries, showEntries, writeEntries } from '../run/entries-file';
import { followAtGateway } from '../run/gateway/follow';
import { prepare } from '../run/prepare';
import { checkSakuraConfig, writeSakuraConfig } from '../run/sakura-config-file';
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
    checkSakuraConfig(session, loaded);
    const stacks = selectStacks(loaded.stacks, session.settings.stacks);
    const initializer = new Initializer(session);
    const { outputs, changed, complete } = await applyAll(session, loaded, stacks, initializer);
    return finish(
      session,
      async () => {
        const gone = stacks.filter((stack) => stack.gone).map((stack) => stack.id);
        removeFromLock(session, gone);
        const entries = await collectEntries(session, loaded, initializer, outputs);
        writeEntries(session, entries, session.folders.entries);
        if (!changed) session.report.say('\nno changes');
        showEntries(session, entries, session.folders.entries);
        await followAtGateway({ session, loaded, initializer }, new Set(outputs.keys()));
        const kinds = new Set(loaded.stacks.map((stack) => driverOf(stack)));
        for (const { afterApply } of kinds) await afterApply?.(session, loaded, initializer);
        writeVcpConfig(session, loaded);
        writeSakuraConfig(session, loaded);
        showNext(session, listed([...kinds].map(({ title }) => title)) || 'cloud');
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

function showNext(session: Session, clouds: string): void {
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
        [
          `npx kakehashi entries ${environment}`,
          "prints these entries, for the controller's vpn_catalog.yml",
        ],
        [`npx kakehashi plan ${environment}`, 'shows whether anything differs from the catalog'],
      ];
  report.say();
  rows.forEach(([what, why], index) => {
    report.say(`${index === 0 ? 'Next:' : '     '}     ${what?.padEnd(30)}  ${why}`);
  });
}
