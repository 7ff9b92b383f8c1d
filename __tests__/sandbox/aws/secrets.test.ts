import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { simulatedSecret } from '../../../sandbox/aws/secrets';
import { temporaryFolder } from '../../support/catalog-folder';

const ARN = 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:s2svpn!vpn-1';

it('gives no secret where nothing is simulated, and none for an empty ARN', () => {
  const file = path.join(temporaryFolder(), 'objects.jsonl');
  writeFileSync(file, '');
  expect(simulatedSecret(file, ARN)).toBeUndefined();
  expect(simulatedSecret(file, '')).toBeUndefined();
});
