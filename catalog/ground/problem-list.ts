import { compareTexts } from '../../base/text/compare-texts';
import { isSecretName } from '../../base/text/secret-name';
import { ValueError } from '../../model/value-error';
import { CatalogError } from './catalog-error';
import type { Problem, ProblemCode, StackName, Statement, Where } from './problem';
import { quoted } from './quoted';

/** Collects what is wrong with a catalog, so that all of it is reported at once. */
export class ProblemList {
  private problems: Problem[] = [];
  private readonly seen = new Set<string>();

  get hasErrors(): boolean {
    return this.problems.some((problem) => problem.severity === 'error');
  }

  error(
    code: ProblemCode,
    where: Where,
    statement: string | Statement,
    ...fix: readonly string[]
  ): undefined {
    this.add({ severity: 'error', code, where, ...statementOf(statement), fix });
  }

  /** Reports an error that holds only if all of these stacks of lock files were applied. */
  disputed(
    code: ProblemCode,
    where: Where,
    statement: string | Statement,
    ifApplied: readonly StackName[],
    ...fix: readonly string[]
  ): undefined {
    this.add({ severity: 'error', code, where, ...statementOf(statement), fix, ifApplied });
  }

  warning(
    code: ProblemCode,
    where: Where,
    statement: string | Statement,
    ...fix: readonly string[]
  ): undefined {
    this.add({ severity: 'warning', code, where, ...statementOf(statement), fix });
  }

  note(code: ProblemCode, where: Where, statement: string | Statement): undefined {
    this.add({ severity: 'note', code, where, ...statementOf(statement), fix: [] });
  }

  /** Runs a parser of model/; what it refuses becomes a problem at the given place. */
  parse<T>(where: Where, parser: () => T, code: ProblemCode = 'bad-value'): T | undefined {
    try {
      return parser();
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      const { fix, ...statement } = refusalOf(error);
      return this.error(code, where, statement, ...fix);
    }
  }

  /** Adds a problem, unless the same was said of the same place before. */
  add(found: Problem): void {
    const problem = withoutSecret(found);
    const { where, must, got, suggestion } = problem;
    const { file, line, column } = where.position ?? {};
    const key = JSON.stringify([where.path, must, got, suggestion, file, line, column]);
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.problems.push(problem);
  }

  /**
   * Decides what becomes of errors that hold only if something was applied. Where nobody has looked at the states, they say
   * who does.
   */
  settle({
    lenient = false,
    unapplied,
  }: {
    readonly lenient?: boolean;
    readonly unapplied?: readonly StackName[];
  }): void {
    this.problems = this.problems.map((problem) => {
      const [first] = problem.ifApplied ?? [];
      if (first === undefined || unapplied !== undefined) return problem;
      const look = `if nothing of ${first.stack} was ever applied, kakehashi plan ${first.environment} sees that in its state, and goes by the catalog`;
      return {
        ...problem,
        ...(lenient ? { severity: 'warning' as const } : {}),
        fix: [...problem.fix, look],
      };
    });
  }

  /** All of them, by file (in the order in which the files were read), line and column. */
  sorted(files: readonly string[]): readonly Problem[] {
    const rank = ({ where }: Problem): number => {
      const index = files.indexOf(where.position?.file ?? '');
      return index < 0 ? files.length : index;
    };
    return [...this.problems].sort((a, b) => {
      const [one, other] = [a.where.position, b.where.position];
      return (
        rank(a) - rank(b) ||
        compareTexts(one?.file ?? '', other?.file ?? '') ||
        (one?.line ?? 0) - (other?.line ?? 0) ||
        (one?.column ?? 0) - (other?.column ?? 0)
      );
    });
  }

  /** @throws {@link CatalogError} with all problems if one of them is an error */
  throwErrors(files: readonly string[]): void {
    if (this.hasErrors) throw new CatalogError(this.sorted(files));
  }
}

/** What a parser's refusal says, and how to fix it. */
export function refusalOf(error: ValueError): Statement & { readonly fix: readonly string[] } {
  const { expected, got, suggestion, fix } = error;
  return {
    must: `must be ${expected}`,
    got: quoted(got),
    ...(suggestion === undefined ? {} : { suggestion }),
    fix: fix === undefined ? [] : [fix],
  };
}

/** A value that was found is not told where its name is that of a secret. A word like `a map` is. */
function withoutSecret(problem: Problem): Problem {
  const { got, where } = problem;
  const name = where.path.findLast((part) => typeof part === 'string');
  if (got === undefined || name === undefined || !/^["'\d[{-]/.test(got) || !isSecretName(name))
    return problem;
  return { ...problem, got: 'another value (not shown)' };
}

function statementOf(statement: string | Statement): Statement {
  return typeof statement === 'string' ? { must: statement } : statement;
}
