import { hostSummary } from '../../../gateway/folder/host-summary';
import { sampleConnection, sampleHost } from '../sample-host';

it('counts the tunnels and names the networks that they are of', () => {
  const host = sampleHost({}, [
    sampleConnection(),
    sampleConnection({ environment: 'prod', network: 'aws/osaka', position: 1 }),
  ]);
  expect(hostSummary(host, [], false)).toEqual([
    '4 tunnels for libreswan 4 on the host 10.0.2.15: dev/aws/default, prod/aws/osaka',
    'INSTALL.md says what to type on that host, and what must be seen then',
  ]);
});

it('names what is not applied yet, and that nothing of the sandbox exists', () => {
  expect(hostSummary(sampleHost(), ['dev/aws/tokyo'], true)).toEqual([
    '2 tunnels for libreswan 4 on the host 10.0.2.15: dev/aws/default',
    'not applied yet, so not in it: dev/aws/tokyo',
    'INSTALL.md says what you would type on that host, and what you would see then',
  ]);
});
