import { ProblemList } from '../ground/problem-list';
import { SourceReader } from '../source/extends';
import { Place } from '../source/place';
import { environmentsOf } from './neighbours';

/**
 * The public address of the gateway at which an environment's tunnels end, also where something else in its catalog is wrong.
 *
 * @returns null where it has no site; undefined where the address can't be read
 */
export function gatewayAddress(directory: string, environment: string): string | null | undefined {
  const parsed = new Map();
  const files = environmentsOf(directory, parsed).filter((one) => one.environment === environment);
  const [file] = files;
  if (file === undefined || files.length > 1) return undefined;
  const root = new SourceReader(new ProblemList(), parsed).readMerged(file.file, directory);
  if (root === undefined) return undefined;
  const place = Place.root(root);
  return place.has('site') ? place.below('site', 'public_ip').text : null;
}
