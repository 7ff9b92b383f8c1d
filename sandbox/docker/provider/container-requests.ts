import { type Attributes, objects, text, texts } from '../../provider/attributes';
import { ProviderError } from '../docker-error';

/** The provider's words about a volume entry that it can't take. */
function volumeProblem(volume: Attributes): string | undefined {
  const [from, path] = [text(volume, 'from_container'), text(volume, 'container_path')];
  if (from === '' && path === '') return 'volume entry without container path or source container';
  if (from !== '' && path !== '') return 'both a container and a path specified in a volume entry';
  return undefined;
}

/** Checks what the provider looks at before it asks the engine for a container. @throws {@link ProviderError} */
export function checkRequest(given: Attributes): void {
  if (texts(given, 'command').includes('')) throw new ProviderError('values for command may not be empty');
  for (const volume of objects(given, 'volumes')) {
    const problem = volumeProblem(volume);
    if (problem !== undefined) throw new ProviderError(`Unable to parse volumes: ${problem}`);
  }
  const hasOptions = objects(given, 'mounts').some(
    (mount) => mount.type === 'volume' && objects(mount, 'volume_options').length > 0,
  );
  // The provider asks for a newer engine whichever option is set.
  if (hasOptions)
    throw new ProviderError('Setting VolumeOptions.Subpath requires docker version 1.45 or higher');
  // The provider ends in a panic here, whatever the value is.
  if (text(given, 'cpus') !== '')
    throw new ProviderError(
      'panic: interface conversion: interface {} is string, not float32 (the argument cpus ends the provider)',
    );
  const cgroup = text(given, 'cgroupns_mode');
  if (!['', 'private', 'host'].includes(cgroup))
    throw new ProviderError("cgroupns_mode: invalid CGROUP mode, must be either 'private', 'host' or empty");
}

/** Checks the files that the provider copies into a container. @throws {@link ProviderError} for one with no content, or with two */
export function checkUploads(given: Attributes): void {
  for (const upload of objects(given, 'upload')) {
    const contents = ['content', 'content_base64', 'source'].filter((name) => text(upload, name) !== '');
    if (contents.length === 0)
      throw new ProviderError(
        "error with upload content: one of 'content', 'content_base64', or 'source' must be set",
      );
    if (contents.length > 1)
      throw new ProviderError(
        "error with upload content: only one of 'content', 'content_base64', or 'source' can be set",
      );
  }
}
