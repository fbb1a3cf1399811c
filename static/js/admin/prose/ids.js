// Two headings may not share an id, as a copied and pasted one would: the later one gives its id up, and gets a new one when saved.
import { Extension, Plugin } from "../../../django_prose_editor/editor.js";

export const UniqueIds = Extension.create({
  name: "uniqueIds",
  addProseMirrorPlugins() {
    return [
      new Plugin({
        appendTransaction(transactions, before, { doc, tr }) {
          if (!transactions.some((transaction) => transaction.docChanged)) return null;
          const seen = new Set();
          doc.descendants((node, position) => {
            const { id } = node.attrs;
            if (!id) return;
            if (seen.has(id)) tr.setNodeAttribute(position, "id", null);
            seen.add(id);
          });
          return tr.docChanged ? tr : null;
        },
      }),
    ];
  },
});
