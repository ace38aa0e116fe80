#!/usr/bin/env python3
"""Writes what Pinocchio computes at random states, for control's tests to compare with.

    pip install pin
    python3 control/bench/pinocchio_golden.py [ROBOT ...]

One file a robot, control/src/test/resources/dev/tactus/control/dynamics/pinocchio_ROBOT.json. Arrays are in the order of
the joints in the URDF (the file names them), matrices by rows; a floating base as in Pinocchio: position, quaternion
x y z w; velocity and acceleration along the base's axes. Jacobians are along the world's axes at the frame's origin.
"""

import json
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pinocchio as pin

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "control/src/test/resources/dev/tactus/control/dynamics"
STATES = 12
# URDF, joints that stay at zero, whether the base floats, frame of the Jacobians
ROBOTS = {
    "franka_fr3": (
        "hardware-configs/franka_fr3/fr3.urdf",
        ["fr3_finger_joint1", "fr3_finger_joint2"],
        False,
        "fr3_hand_tcp",
    ),
    "ur5e": ("hardware-configs/ur5e/ur5e.urdf", [], False, "tool0"),
    "unitree_go2": ("hardware-configs/unitree_go2/go2.urdf", [], True, "RL_foot"),
    "crooked_quadruped": (
        "control/src/test/resources/dev/tactus/control/dynamics/crooked_quadruped.urdf",
        [],
        True,
        "front_right_foot",
    ),
}


class Robot:
    """A Pinocchio model, with arrays in the order of the URDF's joints."""

    def __init__(self, urdf, locked, floating):
        document = ElementTree.parse(urdf).getroot()
        self.joints = [
            joint.get("name")
            for joint in document.findall("joint")
            if joint.get("type") != "fixed" and joint.get("name") not in locked
        ]
        whole = (
            pin.buildModelFromUrdf(str(urdf), pin.JointModelFreeFlyer())
            if floating
            else pin.buildModelFromUrdf(str(urdf))
        )
        self.model = pin.buildReducedModel(whole, [whole.getJointId(name) for name in locked], pin.neutral(whole))
        self.data = self.model.createData()
        self.base = 6 if floating else 0
        parts = [self.model.joints[self.model.getJointId(name)] for name in self.joints]
        self.columns = list(range(self.base)) + [part.idx_v for part in parts]
        self.parts = parts

    def q(self, ours):
        q = pin.neutral(self.model)
        start = 7 if self.base else 0
        q[:start] = ours[:start]
        for part, angle in zip(self.parts, ours[start:]):
            # a joint without limits is a point on the unit circle there
            q[part.idx_q : part.idx_q + part.nq] = [angle] if part.nq == 1 else [np.cos(angle), np.sin(angle)]
        return q

    def v(self, ours):
        v = np.zeros(self.model.nv)
        v[self.columns] = ours
        return v

    def ours(self, vector):
        return vector[..., self.columns]


def random_state(robot, random):
    n = len(robot.joints)
    q = random.uniform(-2.5, 2.5, n)
    if robot.base:
        quaternion = random.normal(size=4)
        q = np.concatenate([random.uniform(-1, 1, 3), quaternion / np.linalg.norm(quaternion), q])
    nv = robot.base + n
    return q, random.uniform(-2, 2, nv), random.uniform(-5, 5, nv), random.uniform(-20, 20, nv)


def answers(robot, frame_name, q, v, a, tau):
    model, data = robot.model, robot.data
    frame = model.getFrameId(frame_name)
    aligned = pin.ReferenceFrame.LOCAL_WORLD_ALIGNED
    pq, pv = robot.q(q), robot.v(v)
    out = {"q": q, "v": v, "a": a, "tau": tau}
    out["rnea"] = robot.ours(pin.rnea(model, data, pq, pv, robot.v(a)))
    out["gravity"] = robot.ours(pin.computeGeneralizedGravity(model, data, pq))
    out["nonlinear"] = robot.ours(pin.nonLinearEffects(model, data, pq, pv))
    out["aba"] = robot.ours(pin.aba(model, data, pq, pv, robot.v(tau)))
    pin.crba(model, data, pq)
    upper = np.triu(data.M)
    full = upper + np.triu(upper, 1).T
    out["mass_matrix"] = full[np.ix_(robot.columns, robot.columns)]
    pin.computeJointJacobiansTimeVariation(model, data, pq, pv)
    pin.forwardKinematics(model, data, pq, pv, np.zeros(model.nv))
    pin.updateFramePlacements(model, data)
    out["frame_position"] = data.oMf[frame].translation
    out["frame_rotation"] = data.oMf[frame].rotation
    out["jacobian"] = robot.ours(pin.getFrameJacobian(model, data, frame, aligned))
    out["jacobian_derivative"] = robot.ours(pin.getFrameJacobianTimeVariation(model, data, frame, aligned))
    out["frame_velocity"] = pin.getFrameVelocity(model, data, frame, aligned).vector
    out["bias_acceleration"] = pin.getFrameClassicalAcceleration(model, data, frame, aligned).vector
    pin.ccrba(model, data, pq, pv)
    out["momentum"] = data.hg.vector
    out["momentum_matrix"] = robot.ours(data.Ag)
    out["centre_of_mass"] = pin.centerOfMass(model, data, pq, pv)
    out["centre_of_mass_velocity"] = data.vcom[0]
    return {key: np.asarray(value).ravel().tolist() for key, value in out.items()}


def main(names):
    for name in names or ROBOTS:
        urdf, locked, floating, frame = ROBOTS[name]
        robot = Robot(ROOT / urdf, locked, floating)
        random = np.random.default_rng(7)
        content = {
            "pinocchio": pin.__version__,
            "urdf": urdf,
            "floating": floating,
            "joints": robot.joints,
            "frame": frame,
            "states": [answers(robot, frame, *random_state(robot, random)) for _ in range(STATES)],
        }
        file = OUT / f"pinocchio_{name}.json"
        lines = json.dumps(content).replace('{"q"', '\n{"q"')
        file.write_text(lines + "\n")
        print(f"{file.relative_to(ROOT)}: {STATES} states, {len(robot.joints)} joints, {file.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
