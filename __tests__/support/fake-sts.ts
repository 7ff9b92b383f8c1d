import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How STS answers. */
export interface StsAnswer {
  readonly account?: string;
  /** An error's code, with which it refuses every request. @default - it answers */
  readonly error?: string;
  /** How many seconds its clock is ahead of this one. @default 0 */
  readonly aheadSeconds?: number;
  /** It never answers. @default false */
  readonly silent?: boolean;
}

/** An STS of its own, on this machine. */
export class FakeSts {
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  answer: StsAnswer = {};

  static async start(): Promise<FakeSts> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const sts = new FakeSts(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      request.resume();
      const { account = '123456789012', error, aheadSeconds = 0, silent } = sts.answer;
      if (silent) return;
      response.setHeader('Date', new Date(Date.now() + aheadSeconds * 1000).toUTCString());
      response.setHeader('Content-Type', 'text/xml');
      response.statusCode = error === undefined ? 200 : 403;
      response.end(error === undefined ? identity(account) : refusal(error));
    });
    return sts;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function identity(account: string): string {
  return `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${account}:user/ann</Arn><UserId>AIDA</UserId><Account>${account}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;
}

function refusal(code: string): string {
  return `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>said by the test</Message></Error><RequestId>1</RequestId></ErrorResponse>`;
}
