import { join } from 'node:path';
import { Creation } from '../../../sandbox/store/creation';
import { listCreated, nameInStates, orphansAmong } from '../../../sandbox/store/creations';
import { ObjectLog } from '../../../sandbox/store/objects';
import { temporaryFolder } from '../../support/catalog-folder';

const REGION = 'us-east-1';
const VPC = { type: 'aws_vpc', id: 'vpc-1', region: REGION, attributes: { arn: 'arn:vpc-1', size: 1 } };
const ACL = { type: 'aws_default_network_acl', id: 'acl-1', region: REGION, attributes: {} };

let log: ObjectLog;
let file: string;

beforeEach(() => {
  file = join(temporaryFolder(), 'objects.jsonl');
  log = ObjectLog.open(file);
});
afterEach(() => log.close());

/** Creates the VPC, with what the cloud makes beside it. */
function create(answer: (creation: Creation) => void): void {
  const creation = new Creation('aws_vpc');
  creation.run(() => {
    log.put(ACL);
    log.put(VPC);
    log.put({ ...VPC, attributes: { ...VPC.attributes, size: 2 } });
  });
  answer(creation);
}

const ids = () => listCreated(file).map(({ object, answeredAs }) => [object.id, answeredAs]);
const orphans = (...known: readonly string[]) =>
  orphansAmong(listCreated(file), new Set(known)).map(({ object }) => object.id);

it('knows what was asked for, as it is now, and not what came with it', () => {
  create((creation) => creation.answered('vpc-1'));
  log.put({ ...VPC, attributes: { ...VPC.attributes, size: 3 } });
  expect(listCreated(file)).toEqual([
    { object: { ...VPC, attributes: { arn: 'arn:vpc-1', size: 3 } }, answeredAs: 'vpc-1' },
  ]);
});

it('knows what was never answered', () => {
  create(() => undefined);
  expect(ids()).toEqual([['vpc-1', undefined]]);
});

it('does not take what was there before for something that was asked for', () => {
  log.put(VPC);
  create((creation) => creation.answered('vpc-1'));
  expect(ids()).toEqual([]);
});

it('forgets what was deleted, and takes its id for a new object', () => {
  create((creation) => creation.answered('vpc-1'));
  log.delete('aws_vpc', REGION, 'vpc-1');
  log.answered(VPC, 'vpc-1');
  expect(ids()).toEqual([]);
  create(() => undefined);
  expect(ids()).toEqual([['vpc-1', undefined]]);
});

it('keeps two creations apart that run at the same time', async () => {
  const one = new Creation('aws_vpc');
  const two = new Creation('aws_vpc');
  await Promise.all([
    one.run(async () => {
      await Promise.resolve();
      log.put(VPC);
    }),
    two.run(async () => log.put({ ...VPC, id: 'vpc-2' })),
  ]);
  two.answered('vpc-2');
  expect(ids()).toEqual([
    ['vpc-2', 'vpc-2'],
    ['vpc-1', undefined],
  ]);
});

it.each([
  ['its id', nameInStates('aws_vpc', 'vpc-1'), []],
  ['its ARN', nameInStates('aws_vpc', 'arn:vpc-1'), []],
  ['the id that was answered', nameInStates('aws_vpc', 'main'), []],
  ['the id in a state, of another type', nameInStates('aws_subnet', 'vpc-1'), ['vpc-1']],
])('is no orphan where a state has %s', (_what, known, expected) => {
  create((creation) => creation.answered('main'));
  expect(orphans()).toEqual(['vpc-1']);
  expect(orphans(known)).toEqual(expected);
});
