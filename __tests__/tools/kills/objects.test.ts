import { Creation } from '../../../sandbox/store/creation';
import { ObjectLog } from '../../../sandbox/store/objects';
import { censusOf, createdTypes, difference, objectsFile } from '../../../tools/kills/objects';
import { temporaryFolder } from '../../support/catalog-folder';

const object = (type: string, id: string, attributes: object, region = 'us-east-1') => ({
  type,
  id,
  region,
  attributes: { ...attributes },
});

let folder: string;
let log: ObjectLog;

beforeEach(() => {
  folder = temporaryFolder();
  log = ObjectLog.open(objectsFile(folder));
});
afterEach(() => log.close());

it('counts what has the same type, region and name, whatever its id is', () => {
  log.put(object('aws_vpc', 'vpc-1', { tags_all: { Name: 'main' } }));
  log.put(object('aws_vpc', 'vpc-2', { tags_all: { Name: 'main' } }));
  log.put(object('aws_vpc', 'vpc-3', { tags_all: { Name: 'main' } }, 'us-west-2'));
  log.put(object('azurerm_subnet', 's', { name: 'nodes' }));
  log.put(object('aws_route', 'r', { tags_all: null }));
  expect([...censusOf(folder)]).toEqual([
    ['aws_vpc us-east-1 main', 2],
    ['aws_vpc us-west-2 main', 1],
    ['azurerm_subnet us-east-1 nodes', 1],
    ['aws_route us-east-1', 1],
  ]);
});

it('counts by type what Terraform had made', () => {
  new Creation('aws_vpc').run(() => {
    log.put(object('aws_default_security_group', 'sg-1', {}));
    log.put(object('aws_vpc', 'vpc-1', {}));
  });
  new Creation('aws_eip').run(() => log.put(object('aws_eip', 'eip-1', {})));
  new Creation('aws_vpc').run(() => log.put(object('aws_vpc', 'vpc-2', {})));
  expect([...createdTypes(folder)]).toEqual([
    ['aws_eip', 1],
    ['aws_vpc', 2],
  ]);
});

it('names what there is too much of, and what is missing', () => {
  const found = new Map([
    ['a', 2],
    ['b', 1],
    ['d', 1],
  ]);
  const expected = new Map([
    ['a', 1],
    ['b', 1],
    ['c', 1],
  ]);
  expect(difference(found, expected)).toEqual({ extra: ['a', 'd'], missing: ['c'] });
  expect(difference(expected, expected)).toEqual({ extra: [], missing: [] });
});
