"""Reads a dataset with pyarrow, a second implementation of Parquet, and checks it against its own metadata.

    python3 training/tools/read_with_pyarrow.py datasets/fr3-lift

Needs: pip install pyarrow pandas
"""

import json
import pathlib
import sys

import pandas
import pyarrow.parquet as parquet


def main(folder):
    info = json.loads((folder / "meta/info.json").read_text())
    stats = json.loads((folder / "meta/stats.json").read_text())
    data = info["data_path"].format(chunk_index=0, file_index=0)
    frames = parquet.read_table(folder / data)
    episodes = parquet.read_table(folder / "meta/episodes/chunk-000/file-000.parquet").to_pylist()
    tasks = pandas.read_parquet(folder / "meta/tasks.parquet")

    assert info["codebase_version"] == "v3.0", info["codebase_version"]
    assert set(frames.column_names) == set(info["features"]), frames.column_names
    assert frames.num_rows == info["total_frames"] == sum(e["length"] for e in episodes)
    assert len(episodes) == info["total_episodes"]
    assert frames["index"].to_pylist() == list(range(frames.num_rows))
    for episode in episodes:
        rows = frames.slice(episode["dataset_from_index"], episode["length"])
        assert set(rows["episode_index"].to_pylist()) == {episode["episode_index"]}
        assert rows["frame_index"].to_pylist() == list(range(episode["length"]))
        assert rows["next.done"].to_pylist() == [False] * (episode["length"] - 1) + [True]
        for task in episode["tasks"]:
            assert tasks.loc[task].task_index in rows["task_index"].to_pylist()
    for name, feature in info["features"].items():
        if feature["dtype"] == "float32" and feature["shape"] != [1]:
            columns = list(zip(*frames[name].to_pylist()))
            assert len(columns) == feature["shape"][0] == len(feature["names"]), name
            for column, least, greatest in zip(columns, stats[name]["min"], stats[name]["max"]):
                assert abs(min(column) - least) < 1e-6 and abs(max(column) - greatest) < 1e-6, name
    codec = parquet.ParquetFile(folder / data).metadata.row_group(0).column(0).compression
    succeeded = sum(frames["next.success"].to_pylist())
    print(f"{folder}: {len(episodes)} episodes ({succeeded} succeeded), {frames.num_rows} frames, {codec}")
    print(frames.schema.remove_metadata())
    print(tasks)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
