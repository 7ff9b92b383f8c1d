import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { compressUserData } from '../../nodes/compressed-user-data';
import { nodeUserData } from '../../nodes/user-data';
import { SAMPLE_NODES } from './sample-node';

/** The most user data that a cloud takes. */
const AWS_LIMIT = 16_384;

it('can be read by gzip, and says how many bytes it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const { base64, bytes } = compressUserData(text);
      const compressed = Buffer.from(base64, 'base64');
      expect(compressed).toHaveLength(bytes);
      expect(gunzipSync(compressed).toString()).toBe(text);
    }),
  );
});

it('gives the bytes that it gave on other machines', () => {
  const text = Array.from({ length: 2000 }, (_, index) => `line ${index} of ${index % 7}\n`).join('');
  const { base64, bytes } = compressUserData(text);
  const digest = createHash('sha256').update(base64).digest('hex');
  expect({ bytes, digest }).toEqual({
    bytes: 6134,
    digest: 'd7dfe2b55b665c6f101f1fa5cfb8510ef6b2051b7432cad908c3cbbedcc0c377',
  });
});

it('leaves a quarter of the room on AWS to what a spec adds', () => {
  for (const software of Object.values(SAMPLE_NODES)) {
    expect(compressUserData(nodeUserData(software).text).bytes).toBeLessThan((AWS_LIMIT * 3) / 4);
  }
});
