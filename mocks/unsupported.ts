import type { Mock } from './mock.ts';
import { calledOperation } from './wire.ts';

/** Answers as the mock does, and tells of each operation that it lacks when that is called first. */
export function telling(
  { answer: next }: Pick<Mock, 'answer'>,
  tell: (operation: string) => void = warn,
): Mock['answer'] {
  const told = new Set<string>();
  return async (request) => {
    const answer = await next(request);
    const operation = calledOperation(request);
    if (operation && answer.headers['x-amzn-errortype'] === 'UnknownOperationException:' && !told.has(operation)) {
      told.add(operation);
      tell(operation);
    }
    return answer;
  };
}

function warn(operation: string): void {
  console.warn(
    `cognito-conformance: the mock has no operation ${operation}; it answered as Cognito answers a call that it does not know`,
  );
}
