// The C++ side of `./tactus bench dynamics`: Pinocchio's own algorithms, instantiated from its headers with the flags that
// the benchmark compiles this file with, and no library of it linked, so that they are as fast as this machine lets them be.
//
// Reads from standard input, numbers in any form that strtod takes:
//   the robot    floating(0|1) links, then a link a line:
//                parent type(0 fixed, 1 revolute, 2 prismatic) translation[3] rotation[9] axis[3] mass centre[3] inertia[9]
//                with parents before children, then the link of the Jacobian's frame
//   the states   count, then q, v, a, tau of each
// and then questions, "ALGORITHM CALLS" a line (rnea, crba, crba_local, aba, aba_local, jacobian). Each is answered by
//   nanoseconds sum magnitude
// of that many calls, going through the states in turn, and the sum of all elements of the results of all states and of
// their absolute values.

// What Pinocchio's own build asks of Boost, so that its list of joint types fits.
#define BOOST_MPL_CFG_NO_PREPROCESSED_HEADERS
#define BOOST_MPL_LIMIT_LIST_SIZE 30
#define BOOST_FUSION_INVOKE_MAX_ARITY 10

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include <pinocchio/algorithm/aba.hpp>
#include <pinocchio/algorithm/crba.hpp>
#include <pinocchio/algorithm/frames.hpp>
#include <pinocchio/algorithm/jacobian.hpp>
#include <pinocchio/algorithm/rnea.hpp>

namespace pin = pinocchio;
using Eigen::MatrixXd;
using Eigen::VectorXd;

static double number() {
  std::string word;
  if (!(std::cin >> word)) {
    std::fprintf(stderr, "pinocchio_peer: its input ended early\n");
    std::exit(1);
  }
  return std::strtod(word.c_str(), nullptr);
}

template <int Rows, int Columns>
static Eigen::Matrix<double, Rows, Columns> matrix() {
  Eigen::Matrix<double, Rows, Columns> m;
  for (int row = 0; row < Rows; row++)
    for (int column = 0; column < Columns; column++) m(row, column) = number();
  return m;
}

static VectorXd vector(int size) {
  VectorXd v(size);
  for (int i = 0; i < size; i++) v[i] = number();
  return v;
}

// The specialised joint where the axis is x, y or z, as Pinocchio's URDF parser chooses.
static pin::JointModel joint(int type, const Eigen::Vector3d& axis) {
  for (int k = 0; k < 3; k++)
    if (axis == Eigen::Vector3d::Unit(k)) {
      if (type == 1) {
        if (k == 0) return pin::JointModelRX();
        if (k == 1) return pin::JointModelRY();
        return pin::JointModelRZ();
      }
      if (k == 0) return pin::JointModelPX();
      if (k == 1) return pin::JointModelPY();
      return pin::JointModelPZ();
    }
  if (type == 1) return pin::JointModelRevoluteUnaligned(axis);
  return pin::JointModelPrismaticUnaligned(axis);
}

struct Link {
  pin::JointIndex joint;
  pin::SE3 placement;
};

static pin::FrameIndex read(pin::Model& model) {
  bool floating = number() != 0;
  int count = (int)number();
  std::vector<Link> links;
  for (int i = 0; i < count; i++) {
    int parent = (int)number(), type = (int)number();
    auto translation = matrix<3, 1>();
    auto rotation = matrix<3, 3>();
    auto axis = matrix<3, 1>();
    double mass = number();
    auto centre = matrix<3, 1>();
    auto inertia = matrix<3, 3>();
    Link link{0, pin::SE3::Identity()};
    if (parent < 0) {
      if (floating) link.joint = model.addJoint(0, pin::JointModelFreeFlyer(), link.placement, "base");
    } else {
      link = {links[parent].joint, links[parent].placement * pin::SE3(rotation, translation)};
      if (type != 0) {
        link.joint = model.addJoint(link.joint, joint(type, axis), link.placement, std::to_string(i));
        link.placement.setIdentity();
      }
    }
    if (link.joint > 0 && mass > 0) {
      model.appendBodyToJoint(link.joint, pin::Inertia(mass, centre, inertia), link.placement);
    }
    links.push_back(link);
  }
  Link tip = links[(int)number()];
  return model.addFrame(pin::Frame("tip", tip.joint, 0, tip.placement, pin::OP_FRAME));
}

int main() {
  std::ios::sync_with_stdio(false);
  pin::Model model;
  pin::FrameIndex tip = read(model);
  pin::Data data(model);
  int states = (int)number();
  std::vector<VectorXd> q, v, a, tau;
  for (int i = 0; i < states; i++) {
    q.push_back(vector(model.nq));
    v.push_back(vector(model.nv));
    a.push_back(vector(model.nv));
    tau.push_back(vector(model.nv));
  }

  using Result = std::function<MatrixXd()>;
  MatrixXd jacobian = MatrixXd::Zero(6, model.nv);
  Result forces = [&] { return data.tau; };
  Result accelerations = [&] { return data.ddq; };
  // the algorithm fills the upper triangle
  Result mass = [&] { return MatrixXd(data.M.selfadjointView<Eigen::Upper>()); };
  Result columns = [&] { return jacobian; };
  using pin::Convention;
  auto time = [&](long calls, const auto& algorithm, const Result& result) {
    double sum = 0, magnitude = 0;
    for (int i = 0; i < states; i++) {
      algorithm(i);
      MatrixXd elements = result();
      sum += elements.sum();
      magnitude += elements.cwiseAbs().sum();
    }
    auto start = std::chrono::steady_clock::now();
    int state = 0;
    for (long n = 0; n < calls; n++) {
      algorithm(state);
      state = state + 1 == states ? 0 : state + 1;
    }
    auto end = std::chrono::steady_clock::now();
    long long ns = std::chrono::duration_cast<std::chrono::nanoseconds>(end - start).count();
    std::printf("%lld %.17g %.17g\n", ns, sum, magnitude);
    std::fflush(stdout);
  };
  std::string name;
  long calls;
  while (std::cin >> name >> calls) {
    if (name == "rnea")
      time(calls, [&](int i) { pin::rnea(model, data, q[i], v[i], a[i]); }, forces);
    else if (name == "crba")
      time(calls, [&](int i) { pin::crba(model, data, q[i], Convention::WORLD); }, mass);
    else if (name == "crba_local")
      time(calls, [&](int i) { pin::crba(model, data, q[i], Convention::LOCAL); }, mass);
    else if (name == "aba")
      time(calls, [&](int i) { pin::aba(model, data, q[i], v[i], tau[i], Convention::WORLD); }, accelerations);
    else if (name == "aba_local")
      time(calls, [&](int i) { pin::aba(model, data, q[i], v[i], tau[i], Convention::LOCAL); }, accelerations);
    else if (name == "jacobian")
      time(
          calls,
          [&](int i) {
            pin::computeJointJacobians(model, data, q[i]);
            pin::getFrameJacobian(model, data, tip, pin::LOCAL_WORLD_ALIGNED, jacobian);
          },
          columns);
    else {
      std::fprintf(stderr, "pinocchio_peer: no algorithm %s\n", name.c_str());
      return 1;
    }
  }
  return 0;
}
