import { ProblemList } from '../ground/problem-list';
import { publicAddresses } from '../site/public-addresses';
import { SourceReader } from '../source/extends';
import { Place } from '../source/place';
import { environmentsOf } from './neighbours';

/**
 * The public addresses of the gateways at which an environment's tunnels end, also where something else in its catalog is wrong.
 *
 * @returns none where it has no site; undefined where they can't be read
 */
export function gatewayAddresses(directory: string, environment: string): readonly string[] | undefined {
  const parsed = new Map();
  const files = environmentsOf(directory, parsed).filter((one) => one.environment === environment);
  const [file] = files;
  if (file === undefined || files.length > 1) return undefined;
  const root = new SourceReader(new ProblemList(), parsed).readMerged(file.file, directory);
  if (root === undefined) return undefined;
  const place = Place.root(root);
  if (!place.has('site')) return [];
  const addresses = publicAddresses(place.below('site'));
  return addresses.length === 0 ? undefined : addresses;
}
