import { connect } from 'node:tls';
import { controllerNames, missingNames } from '../../../../model/tls/server-names';
import { daysLeft, dayText, endWords, RENEW_DAYS } from '../../../../model/tls/validity';
import { type Finding, failed, noted, passed } from '../../../report/finding';
import { lookAtHost } from '../host-look';
import type { Asked } from './asked';

/** How long a port may take to show its certificate. */
const PATIENCE = 5000;

/** Checks the certificate on the host, and that the port of the API shows the same one. */
export async function checkCertificate(asked: Asked, isRunning: boolean): Promise<readonly Finding[]> {
  const { engine, paths, controller, now } = asked;
  const { found } = await lookAtHost(engine, paths, controller);
  const { certificate } = found;
  const subject = paths.certificate;
  const isOwn = controller.certificate.mode === 'files';
  const renewal = isOwn
    ? 'order a new one, and apply'
    : ({ text: 'an apply renews it', command: 'apply' } as const);
  if (certificate === undefined) return [noted(subject, 'not there yet: an apply copies it')];
  const left = daysLeft(certificate.end, now);
  const words = `until ${dayText(certificate.end)}: ${endWords(certificate.end, now)}`;
  const names = isOwn
    ? []
    : missingNames(controllerNames(controller.privateIpmask.address, []), certificate.names);
  return [
    left < 0
      ? failed(subject, words, renewal)
      : left <= RENEW_DAYS
        ? noted(subject, words, renewal)
        : passed(subject, words),
    ...(found.hasKey ? [] : [failed(subject, 'its private key is another one, or not there', renewal)]),
    ...(names.length === 0 ? [] : [failed(subject, `it is not for ${names.join(', ')}`, renewal)]),
    ...(isRunning ? [await checkPort(asked, certificate.fingerprint)] : []),
  ];
}

async function checkPort({ controller, now }: Asked, fingerprint: string): Promise<Finding> {
  const { bind, privateIpmask, ports, occtr } = controller;
  const address = bind === '0.0.0.0' ? privateIpmask.address : bind;
  const subject = `${address}:${ports.api}`;
  const shown = await shownCertificate(address, ports.api);
  if (shown === undefined)
    return noted(subject, 'shows no certificate from here: it is not reached, or has no TLS');
  if (shown.fingerprint !== fingerprint)
    return failed(
      subject,
      `shows another certificate than the one on the host, which ${endWords(shown.end, now)}`,
      `there: docker restart ${occtr.name}, then docker exec ${occtr.name} ./init.sh`,
    );
  return passed(subject, `shows the same certificate, until ${dayText(shown.end)}`);
}

/** The certificate that a port shows. It is compared with the host's own, so that nobody has to trust it for this. */
function shownCertificate(
  host: string,
  port: number,
): Promise<{ readonly fingerprint: string; readonly end: Date } | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, rejectUnauthorized: false });
    const end = (value?: { readonly fingerprint: string; readonly end: Date }) => {
      socket.destroy();
      resolve(value);
    };
    socket.setTimeout(PATIENCE, () => end());
    socket.on('error', () => end());
    socket.on('secureConnect', () => {
      const { fingerprint256, valid_to } = socket.getPeerCertificate();
      if (fingerprint256 === undefined) return end();
      end({ fingerprint: fingerprint256.replaceAll(':', '').toLowerCase(), end: new Date(valid_to) });
    });
  });
}
