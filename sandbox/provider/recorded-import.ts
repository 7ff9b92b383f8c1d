import type { ObjectValue } from '../protocol/values';
import type { RecordedImports } from '../schemas/schema';

/** What a provider answers to any import of a type: its refusal, or attributes that it sets whatever the id is. */
interface ImportAnswer {
  readonly refusal?: string;
  readonly attributes?: ObjectValue;
}

/** The recorded answer to imports of a type, if it is the same for every id. Types with ids of their own form check them themselves. */
export function recordedImport(recorded: RecordedImports = {}): ImportAnswer {
  const [answer, ...others] = Object.keys(recorded);
  if (answer === undefined || others.length > 0) return {};
  // A refusal that names the id is about its form, which none of the recorded ones had: the type checks it.
  if (!answer.startsWith('{')) return answer.includes('{id}') ? {} : { refusal: answer };
  const { id: _, ...attributes } = JSON.parse(answer) as ObjectValue;
  return { attributes };
}
