import { nearest } from '../engine/nearest.ts';
import { packageRoot } from '../package.ts';
import { defaultQuotas, type Quotas } from '../targets/aws/quotas.ts';
import { UsageError } from './usage-error.ts';

/** The quotas that Amazon gives every account, but for those that are given as `CATEGORY=N`. */
export function quotasWith(given: readonly string[]): Quotas {
  const quotas = defaultQuotas(packageRoot);
  const categories = { ...quotas.categories };
  for (const text of given) {
    const [, name = '', amount = ''] = /^(\w+)=(.*)$/.exec(text) ?? [];
    if (name === '') throw new UsageError(`--quota "${text}" is not CATEGORY=N, such as UserUpdate=10`);
    const category = Object.hasOwn(categories, name) ? categories[name] : undefined;
    if (!category) throw unknown(name, Object.keys(categories));
    if (!/^[1-9]\d{0,4}$/.test(amount)) {
      throw new UsageError(`--quota ${name} "${amount}" is not a number of requests a second from 1 to 99999`);
    }
    categories[name] = { ...category, perSecond: Number(amount) };
  }
  return { ...quotas, categories };
}

function unknown(name: string, names: string[]): UsageError {
  const near = nearest(name, names);
  return new UsageError(
    `--quota has no category "${name}"; there are ${names.join(', ')}.${near ? ` Did you mean ${near}?` : ''}`,
  );
}
