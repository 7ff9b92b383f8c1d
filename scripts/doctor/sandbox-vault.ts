import { Failure } from '../../base/errors';
import type { SandboxVault } from '../../vault/connect';
import type { Report } from '../report/report';
import { surroundingsOf } from '../session/surroundings';

/** The sandbox's Vault, which is served until all is closed. @param closing - gets what closes it */
export async function sandboxVault(report: Report, closing: (() => unknown)[]): Promise<SandboxVault> {
  const surroundings = await surroundingsOf(true, report);
  closing.push(() => surroundings.close());
  if (surroundings.vault === undefined) throw new Failure('the sandbox serves no Vault');
  return surroundings.vault();
}
