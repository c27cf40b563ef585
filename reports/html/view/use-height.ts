import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Keeps the height of an element in a variable of the style: what sticks below it has to know. */
export function useHeight(element: RefObject<HTMLElement | null>, variable: string): void {
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    const observer = new ResizeObserver(() =>
      document.documentElement.style.setProperty(variable, `${current.offsetHeight}px`),
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
}
