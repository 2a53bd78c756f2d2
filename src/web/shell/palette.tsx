export function Palette({ onClose }: { readonly onClose: () => void }) {
  return <button onClick={onClose}>Close</button>
}
