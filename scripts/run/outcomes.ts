import { Declined, EXIT, Refused } from '../../base/errors';
import { Interrupted } from '../../base/interrupted';
import type { Loaded } from '../../catalog/environment/catalog';
import type { Report } from '../report/report';
import { endingOf } from '../session/ending';
import { shownDirectory } from '../session/read-catalog';
import type { EnvironmentRun } from './with-session';

/** How one environment of a run ended; `left out`: `--stack` chose nothing of it. */
export type Outcome =
  | 'applied'
  | 'changes'
  | 'no changes'
  | 'left out'
  | 'refused'
  | 'failed'
  | 'not applied';

/** The public addresses of an environment's gateways; none without a site; undefined where they can't be read. */
type Gateways = readonly string[] | undefined;

/**
 * How the environments of a run end. A failed one stops those that end at the same gateway host, because the host's files are
 * made of all of them together. The error of a run of one environment is thrown on, that of one among several is shown.
 */
export class Outcomes {
  private readonly ends = new Map<string, Outcome>();
  private readonly gateways = new Map<string, Gateways>();

  constructor(private readonly runs: readonly EnvironmentRun[]) {}

  /** Whether the run is of more than one environment. */
  get isOfSeveral(): boolean {
    return this.runs.length > 1;
  }

  of(run: EnvironmentRun): Outcome | undefined {
    return this.ends.get(run.environment);
  }

  set(run: EnvironmentRun, outcome: Outcome, exitCode: number): void {
    this.ends.set(run.environment, outcome);
    run.end(exitCode);
  }

  /** Notes at which gateway a loaded environment ends. */
  loaded(run: EnvironmentRun, { catalog }: Loaded): void {
    this.gateways.set(
      run.environment,
      (catalog.site?.gateways ?? []).map(({ publicIp }) => publicIp),
    );
  }

  /**
   * Does a step of one environment. Of several, its failure is shown, and ends this environment alone.
   *
   * @returns undefined where it failed
   * @throws {@link Interrupted}, {@link Declined}; every error of a run of one environment
   */
  async attempt<T>(run: EnvironmentRun, step: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await step();
    } catch (error) {
      const endsAll =
        error instanceof Interrupted ||
        error instanceof Declined ||
        error instanceof Refused ||
        run.stop.aborted;
      if (!this.isOfSeveral || endsAll) throw error;
      this.fail(run, error);
      return undefined;
    }
  }

  /** Marks an environment failed. */
  fail(run: EnvironmentRun, error?: unknown): void {
    this.set(run, 'failed', EXIT.failed);
    if (!this.gateways.has(run.environment)) this.gateways.set(run.environment, gatewaysOf(run));
    if (error === undefined) return;
    const { text, unexpected } = endingOf(error);
    if (unexpected) run.report.log.write('error', String(error instanceof Error ? error.stack : error));
    if (text === '') return;
    const said = text.replace(/^kakehashi: /, '');
    const isNamed = said.includes(run.environment);
    run.report.note('error', `kakehashi: ${isNamed ? said : `${run.environment}: ${said}`}`);
  }

  /** Marks an environment that must not be applied because another one at its gateway failed, and says so. */
  skipBehindFailed(run: EnvironmentRun): boolean {
    const own = this.gateways.get(run.environment);
    if (own === undefined || own.length === 0) return false;
    const failed = this.runs.find((other) => {
      const its = this.gateways.get(other.environment);
      const shares = its === undefined || its.some((address) => own.includes(address));
      return this.ends.get(other.environment) === 'failed' && shares;
    });
    if (failed === undefined) return false;
    this.set(run, 'not applied', EXIT.failed);
    const its = this.gateways.get(failed.environment);
    const isKnown = its !== undefined;
    const gateway = own.find((address) => its?.includes(address)) ?? own.join(', ');
    const where = isKnown ? `ends at the same gateway ${gateway}` : `may end at the same gateway ${gateway}`;
    run.report.say(`\n${run.environment}: not applied, because ${failed.environment} failed, which ${where}`);
    const because = failed.environment;
    run.report.event({ type: 'environment_skipped', environment: run.environment, because, gateway });
    return true;
  }

  /** Environments that ended so, in their order. */
  ended(...outcomes: readonly Outcome[]): readonly string[] {
    const names = this.runs.map(({ environment }) => environment);
    return names.filter((name) => outcomes.some((outcome) => this.ends.get(name) === outcome));
  }

  /** The environments whose work has not ended. */
  get open(): readonly string[] {
    return this.runs.map(({ environment }) => environment).filter((name) => !this.ends.has(name));
  }

  /** The exit code of the whole run. */
  get exitCode(): number {
    if (this.ended('failed').length > 0) return EXIT.failed;
    if (this.ended('refused').length > 0) return EXIT.refused;
    if (this.ended('not applied').length > 0) return EXIT.failed;
    return this.ended('changes').length > 0 ? EXIT.changes : EXIT.done;
  }

  /** Shows how the environments of a run of several ended, a line each. */
  show(report: Report): void {
    if (!this.isOfSeveral) return;
    const environments = this.runs.map((run) => ({
      environment: run.environment,
      outcome: this.of(run) ?? 'not begun',
    }));
    const width = Math.max(...environments.map(({ environment }) => environment.length));
    report.say();
    environments.forEach(({ environment, outcome }, index) => {
      const label = (index === 0 ? 'in all' : '').padEnd(10);
      report.say(`${label}${environment.padEnd(width)}   ${outcome}`);
    });
    report.event({ type: 'environments_finished', exit_code: this.exitCode, environments });
  }
}

function gatewaysOf({ environment, settings }: EnvironmentRun): Gateways {
  const { gatewayAddresses } =
    require('../../catalog/environment/gateway-address') as typeof import('../../catalog/environment/gateway-address');
  return gatewayAddresses(shownDirectory(settings), environment);
}
