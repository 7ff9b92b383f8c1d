/** How far this machine's clock is from that of a server. */
export interface ServerTime {
  readonly server: string;
  /** How many seconds this clock is ahead of the server's; negative where it is behind. */
  readonly aheadSeconds: number;
}

/** What servers told of the time in their answers. */
export class ServerTimes {
  private readonly times: ServerTime[] = [];

  /** Notes a server's answer. @param date - the header `Date` of the answer, which is exact to a second */
  note(server: string, date: string | undefined, now = Date.now()): void {
    const told = Date.parse(date ?? '');
    if (!Number.isNaN(told)) this.times.push({ server, aheadSeconds: Math.round((now - told) / 1000) });
  }

  /** The server from which this clock is farthest. */
  get farthest(): ServerTime | undefined {
    return [...this.times].sort((a, b) => Math.abs(b.aheadSeconds) - Math.abs(a.aheadSeconds))[0];
  }
}
