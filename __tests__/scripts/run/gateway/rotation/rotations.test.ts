import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AWS_VPN } from '../../../../../model/clouds/aws/aws-vpn';
import {
  lastRotation,
  noteRotation,
  pendingRotation,
} from '../../../../../scripts/run/gateway/rotation/rotations';
import { foldersOf } from '../../../../../scripts/session/folders';
import { temporaryFolder } from '../../../../support/catalog-folder';

const FIRST = '169.254.100.0/30';

function folders() {
  const found = foldersOf('dev', { sandbox: true, catalogDirectory: 'catalog', root: temporaryFolder() });
  mkdirSync(found.results, { recursive: true });
  return found;
}

describe('when tunnels got new keys', () => {
  it('is known for those that were noted, and for no other', () => {
    const place = folders();
    expect(lastRotation(place, 'aws/default', FIRST)).toBeUndefined();
    noteRotation(place, 'aws/default', FIRST, new Date('2026-01-02T03:04:05Z'));
    noteRotation(place, 'aws/osaka', FIRST, new Date('2026-02-02T03:04:05Z'));
    expect(lastRotation(place, 'aws/default', FIRST)).toBe('2026-01-02T03:04:05.000Z');
    expect(lastRotation(place, 'aws/default', '169.254.100.4/30')).toBeUndefined();
  });

  it.each(['{', 'null', '[]', '"x"', '{"aws/default":null}', `{"aws/default":{"${FIRST}":"never"}}`])(
    'is not read from %s',
    (text) => {
      const place = folders();
      writeFileSync(path.join(place.results, 'rotations.json'), text);
      expect(() => lastRotation(place, 'aws/default', FIRST)).toThrow(
        /rotations\.json: must say when tunnels got new keys, got something else; look whether all tunnels are up, then remove it$/,
      );
    },
  );
});

describe('a rotation that was begun', () => {
  const begun = { network: 'aws/default', insideCidr: FIRST, key: 'PlantedKey.begun' };

  it('is read with its key', () => {
    const place = folders();
    expect(pendingRotation(place, AWS_VPN.presharedKey)).toBeUndefined();
    writeFileSync(path.join(place.results, 'rotation-key.json'), JSON.stringify(begun));
    expect(pendingRotation(place, AWS_VPN.presharedKey)).toEqual(begun);
  });

  it.each([
    '{',
    'null',
    '[]',
    '{}',
    JSON.stringify({ ...begun, key: undefined }),
    JSON.stringify({ ...begun, key: 5 }),
    JSON.stringify({ ...begun, key: '0PlantedKey' }),
    JSON.stringify({ ...begun, network: null }),
  ])('is not read from %s, and its key is in no message', (text) => {
    const place = folders();
    writeFileSync(path.join(place.results, 'rotation-key.json'), text);
    let message = '';
    try {
      pendingRotation(place, AWS_VPN.presharedKey);
    } catch (error) {
      message = String(error);
    }
    expect(message).toMatch(
      /rotation-key\.json: must hold the key of a rotation that was begun, got something else; move it away, run: kakehashi gateway, which writes the keys that the cloud has, and rotate again$/,
    );
    expect(message).not.toContain('PlantedKey');
  });
});
