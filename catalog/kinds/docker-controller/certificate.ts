import type { ProblemList } from '../../ground/problem-list';
import type { ControllerDraft } from './draft';

/** Keys of `certificate` that are for one of its modes alone. */
const OF_MODE = { 'private-ca': ['days', 'san'], files: ['certificate', 'key', 'ca'] } as const;

/** Checks the keys of `certificate` against its mode, and that names are not said that it has anyway. */
export function checkCertificate(
  { place, keys, privateAddress }: ControllerDraft,
  problems: ProblemList,
): void {
  const certificate = place.below('certificate');
  const { mode, san = [] } = keys.certificate;
  const other = mode === 'files' ? 'private-ca' : 'files';
  for (const key of OF_MODE[other].filter((name) => certificate.has(name))) {
    const message = `is for mode: ${other}`;
    problems.error('incompatible', certificate.keyAt(key), message, `remove it, or write mode: ${other}`);
  }
  if (mode === 'files') {
    const missing = {
      certificate: ['the certificate in PEM', 'certs/vcc.pem'],
      key: ['where its key is kept', 'vault://secret/vcc/key'],
    };
    for (const [key, [what, example]] of Object.entries(missing)) {
      if (certificate.has(key)) continue;
      problems.error(
        'missing-key',
        certificate.keyAt(),
        `key "${key}" is missing: ${what}`,
        `write ${key}: ${example}`,
      );
    }
    return;
  }
  for (const name of ['127.0.0.1', 'localhost', privateAddress]) {
    if (name === undefined || !san.includes(name)) continue;
    const where = certificate.below('san');
    problems.error(
      'duplicate-value',
      where.at(where.indexOf(name)),
      `every certificate has ${name}`,
      'remove it',
    );
  }
}
