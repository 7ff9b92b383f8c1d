import { LOCATIONS } from '../../../model/clouds/azure/locations';
import { displayName, hasZones, isLocation, locations } from '../../../sandbox/azure/location';

test('the sandbox has the locations that a catalog can name', () => {
  expect(locations()).toEqual([...LOCATIONS.keys()].sort());
  // Of a cloud of its own, and the newest ones: the catalog takes them.
  for (const name of ['usgovvirginia', 'chinanorth3', 'denmarkeast']) expect(isLocation(name)).toBe(true);
});

test('a location has its zones and its shown form', () => {
  expect([hasZones('japaneast'), displayName('japaneast')]).toEqual([true, 'Japan East']);
  expect([hasZones('westus'), displayName('westus')]).toEqual([false, 'West US']);
});

test('what is no location is none, whatever objects inherit', () => {
  for (const name of ['moonbase', 'constructor', 'Japan East']) {
    expect(isLocation(name)).toBe(false);
    expect(hasZones(name)).toBe(false);
  }
});
