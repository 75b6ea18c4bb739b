"""The bilingual site: pages whose code and outputs are pulled, never pasted."""
