import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Processes } from '../../base/process';
import type { GatewayDaemon } from '../../model/gateway/host';
import { folderFailure } from '../folder/entry';
import { CheckBench } from './bench';
import { checkHostFiles } from './host-files';
import { checkLibreswan } from './libreswan';
import type { CheckResult } from './result';
import { checkStrongswan } from './strongswan';

/**
 * Checks a gateway folder with the parsers of the daemons that are installed on this host. Nothing on the host changes:
 * strongSwan's daemon, the only one that must run for its check, is started in a network of its own and ended.
 *
 * The programs get copies in which every key is replaced, so no key is in their arguments or answers.
 *
 * @throws {@link Failure} when the folder can't be read
 */
export async function checkFolder(
  folder: string,
  site: { readonly daemon: GatewayDaemon; readonly version: number },
  processes: Processes,
): Promise<readonly CheckResult[]> {
  const scratch = mkdtempSync(path.join(realpathSync(tmpdir()), 'kakehashi-check-'));
  try {
    const bench = new CheckBench(folder, scratch, processes);
    const checkDaemon = site.daemon === 'libreswan' ? checkLibreswan : checkStrongswan;
    return [...(await checkDaemon(bench, site.version)), ...(await checkHostFiles(bench))];
  } catch (error) {
    throw folderFailure(folder, error, 'readable');
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
