export type Json = Readonly<Record<string, unknown>>;

/** The rules of a run. */
export interface Rules {
  /** The rule of a result, by its id or by its place in the list. @returns an empty `meta` where the run does not describe it */
  of(result: Json): { readonly id?: string; readonly meta: Json };
}

/** The rules of the tool itself, and of its extensions. */
export function rulesOf({ tool }: Json): Rules {
  const components = isMap(tool) ? [tool.driver, ...list(tool.extensions)].filter(isMap) : [];
  const lists = components.map((one) => list(one.rules));
  const described = new Map(
    lists
      .flat()
      .filter(isMap)
      .flatMap((rule) => (typeof rule.id === 'string' ? [[rule.id, rule] as const] : []))
      .reverse(),
  );
  return {
    of: (result) => {
      const reference = isMap(result.rule) ? result.rule : {};
      const component = isMap(reference.toolComponent) ? reference.toolComponent.index : undefined;
      const place = result.ruleIndex ?? reference.index;
      const own = lists[typeof component === 'number' ? component + 1 : 0] ?? [];
      const listed = typeof place === 'number' ? own[place] : undefined;
      const byPlace = isMap(listed) ? listed : {};
      const id = [result.ruleId, reference.id, byPlace.id].find((one) => typeof one === 'string');
      if (typeof id !== 'string') return { meta: byPlace };
      return { id, meta: described.get(id) ?? byPlace };
    },
  };
}

/** The text of a result: its own, or one of its rule with arguments in it. */
export function messageOf(result: Json, rule: Json): string {
  const own = textOf(result.message);
  if (own !== '' || !isMap(result.message) || !isMap(rule.messageStrings)) return own;
  const { id, arguments: given } = result.message;
  const found =
    typeof id === 'string' && Object.hasOwn(rule.messageStrings, id) ? rule.messageStrings[id] : '';
  return textOf(found).replace(/\{(\d{1,2})\}/g, (place, index: string) => {
    const one = list(given)[Number(index)];
    return typeof one === 'string' ? one : place;
  });
}

/** A text, or where there is none its Markdown. */
export function textOf(message: unknown): string {
  if (!isMap(message)) return '';
  return (
    [message.text, message.markdown].find((one) => typeof one === 'string' && one !== '')?.toString() ?? ''
  );
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
