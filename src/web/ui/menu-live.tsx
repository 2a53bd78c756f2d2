import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement } from 'react'
import type { Wanted } from './loadable.tsx'
import type { MenuProps } from './menu.tsx'

export default function LiveMenu({ trigger, items, align = 'end', wanted = false }: MenuProps & Wanted) {
  return (
    <Base.Root defaultOpen={wanted}>
      <Base.Trigger render={trigger as ReactElement<Record<string, unknown>>} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} collisionPadding={8} className="z-50 outline-none">
          <Base.Popup className="overlay min-w-44 p-1 outline-none transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0">
            {items.map((item) => (
              <Base.Item
                key={item.id}
                disabled={item.disabled ?? false}
                onClick={item.onSelect}
                className={`flex items-center gap-2 rounded-md px-2 py-1.5 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover ${item.danger === true ? 'text-alarm' : ''}`}
              >
                {item.icon}
                {item.label}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
