import { stackFolder } from '../../session/folders';
import { warnOfOldProvider } from '../docker/old-provider';
import { registryVariables } from '../docker/registry-login';
import { engineOf } from '../docker/stacks';
import type { Planning } from '../kind';
import { loadImage } from './load-image';
import { nodeOf } from './node-of';

/**
 * What comes before each plan on a host: the host is asked first, because the provider's own words about a host that it does not
 * reach are few; that opens the connection that Terraform's commands then share. An image's file is loaded.
 *
 * @returns the login to the registry, where the catalog has one
 * @throws Failure, VaultError
 */
export async function beforePlan({
  session,
  stack,
  loaded,
  destroy,
}: Planning<'docker-nodes'>): Promise<NodeJS.ProcessEnv> {
  const image = nodeOf(loaded, stack)?.group.image;
  const login = image?.kind === 'pulled' ? image.registry : undefined;
  const variables = await registryVariables(session, loaded, login);
  if (session.simulated) return variables;
  warnOfOldProvider(session, stackFolder(session.folders, stack.id));
  const engine = engineOf(session, stack);
  await engine.asked(['version', '--format', '{{.Server.Version}}']);
  if (image?.kind === 'loaded' && !destroy)
    await loadImage(engine, image, session.settings.catalogDirectory, session.report);
  return variables;
}
