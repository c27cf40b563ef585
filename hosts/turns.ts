/** Gives back a turn. */
export type EndTurn = () => void;

/** Turns beside others, or alone, in the order in which they are asked for. */
export function createTurns(): (alone: boolean) => Promise<EndTurn> {
  const waiting: { alone: boolean; begin: () => void }[] = [];
  let underWay = 0;
  let isAlone = false;

  function admit(): void {
    for (let next = waiting[0]; next && !isAlone && !(next.alone && underWay > 0); next = waiting[0]) {
      waiting.shift();
      underWay += 1;
      isAlone = next.alone;
      next.begin();
    }
  }

  return (alone) =>
    new Promise((resolve) => {
      let ended = false;
      const end = (): void => {
        if (ended) return;
        ended = true;
        underWay -= 1;
        if (alone) isAlone = false;
        admit();
      };
      waiting.push({ alone, begin: () => resolve(end) });
      admit();
    });
}
